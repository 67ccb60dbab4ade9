"""Sentence embeddings: learned from n-grams, or by an encoder from a folder; nothing is downloaded."""

import numpy as np
import pytest
from small_rows import rows

from data.schema import Article
from features.embeddings import Embeddings, load_encoder
from features.text import analyse


def test_tfidf_vectors_have_length_1_and_the_same_for_the_same_text():
    block = Embeddings(dimensions=5)
    vectors = block.fit_transform(rows())
    assert vectors.shape == (24, 5)
    assert np.allclose(np.linalg.norm(vectors, axis=1), 1)
    assert np.allclose(block.transform(rows()), vectors, atol=1e-6)
    assert list(block.get_feature_names_out()) == [f"embedding_{i}" for i in range(5)]


def test_few_rows_give_fewer_dimensions():
    assert Embeddings(dimensions=100).fit_transform(rows()[:4]).shape == (4, 3)


@pytest.fixture(scope="module")
def encoder(tmp_path_factory):
    """Folder of a sentence-transformers model with random weights, 16 dimensions, seconds to make."""
    torch = pytest.importorskip("torch")
    from sentence_transformers import SentenceTransformer, models
    from transformers import BertConfig, BertModel, BertTokenizerFast

    folder = tmp_path_factory.mktemp("encoder")
    signs = [chr(c) for c in range(97, 123)]
    words = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]", *signs, *(f"##{s}" for s in signs)]
    (folder / "vocab.txt").write_text("\n".join(words), encoding="utf-8")
    torch.manual_seed(0)
    sizes = {"hidden_size": 16, "num_hidden_layers": 1, "num_attention_heads": 2, "intermediate_size": 16}
    BertModel(BertConfig(vocab_size=len(words), **sizes)).save_pretrained(folder / "bert")
    BertTokenizerFast(str(folder / "vocab.txt")).save_pretrained(folder / "bert")
    transformer = models.Transformer(str(folder / "bert"), max_seq_length=64)
    pooling = models.Pooling(sizes["hidden_size"])
    SentenceTransformer(modules=[transformer, pooling], device="cpu").save(str(folder / "model"))
    return str(folder / "model")


@pytest.mark.slow
def test_an_encoder_from_a_folder_gives_a_vector_an_article(encoder):
    block = Embeddings(encoder)
    vectors = block.fit_transform(rows())
    assert vectors.shape == (24, 16) == (24, len(block.get_feature_names_out()))
    assert np.allclose(np.linalg.norm(vectors, axis=1), 1, atol=1e-5)
    assert np.allclose(block.transform(rows()[::-1]), vectors[::-1], atol=1e-5)
    assert not np.allclose(vectors[0], vectors[1])


@pytest.mark.slow
def test_an_encoded_article_is_not_encoded_again(encoder, monkeypatch):
    analysis = analyse(Article("a", "en", "News", "The town builds."))
    first = Embeddings(encoder).fit_transform([analysis])
    monkeypatch.setattr("features.embeddings.load_encoder", lambda name: pytest.fail("encoded twice"))
    assert (Embeddings(encoder).fit_transform([analysis]) == first).all()


@pytest.mark.slow
def test_an_encoder_that_is_not_there_is_named(tmp_path, monkeypatch):
    monkeypatch.setenv("HF_HUB_OFFLINE", "1")
    with pytest.raises(ValueError, match=r"No encoder '.*nowhere': .*Give 'tfidf', a local folder or a hub id"):
        load_encoder(str(tmp_path / "nowhere"))
