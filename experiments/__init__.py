"""Train, evaluate, score; the only layer that talks to the user and to MLflow."""
