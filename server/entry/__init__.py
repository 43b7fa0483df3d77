"""Writing Chinese with a few large keys: pinyin in, candidates out. Offline."""
