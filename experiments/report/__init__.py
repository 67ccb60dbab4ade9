"""Reports as self-contained HTML files: no network, no font, no script but their own."""
