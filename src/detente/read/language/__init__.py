"""Where does each sentence of a document begin and end, and how is it built?"""

from detente.read.language.pipeline import Pipeline, Sentence, load_pipeline

__all__ = ["Pipeline", "Sentence", "load_pipeline"]
