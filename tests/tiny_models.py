"""Models of a few kilobytes that sherpa-onnx loads with its real loaders: they know a sentence or two by heart.

Which of two sentences a recogniser says depends on how loud the recording is, so what goes in is seen in what
comes out.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

import numpy as np
import onnx
from onnx import helper, numpy_helper


def sense_voice(folder: Path, loud: Sequence[str], soft: Sequence[str]) -> Path:
    """A SenseVoice model; its answers begin with four marks: language, emotion, event, writing of numbers."""
    tokens = _tokens(folder, ["<blank>", *loud, *soft])
    inputs = [_value("x", 1, ["N", "T", 560])]
    inputs += [_value(name, 6, ["N"]) for name in ("x_length", "language", "text_norm")]
    # The real model gives four frames more than it takes; frames without a token are blank.
    rest = [
        helper.make_node("Shape", ["x"], ["shape"]),
        helper.make_node("Slice", ["shape", "one", "two"], ["frames"]),
        helper.make_node("Add", ["frames", "missing"], ["rest"]),
        helper.make_node("Concat", ["one", "rest", "one"], ["times"], axis=0),
        helper.make_node("Tile", ["blank", "times"], ["blanks"]),
        helper.make_node("Concat", ["said", "blanks"], ["logits"], axis=1),
    ]
    constants = {
        "one": np.array([1], np.int64),
        "two": np.array([2], np.int64),
        "missing": np.array([4 - len(loud)], np.int64),
        "blank": _rows([0], len(tokens)),
    }
    meta = {"model_type": "sense_voice_ctc", "comment": "tiny", "normalize_samples": 0, "with_itn": 14}
    meta |= {"without_itn": 15, "lang_auto": 0, "lang_zh": 3, "lang_en": 4, "lang_yue": 7, "lang_ja": 11, "lang_ko": 12}
    return _recogniser(folder, tokens, (loud, soft), "said", rest, constants, inputs, ["logits"], 17.0, meta | _LFR)


def paraformer(folder: Path, loud: Sequence[str], soft: Sequence[str]) -> Path:
    """A Paraformer model."""
    tokens = _tokens(folder, ["<blank>", "<s>", "</s>", *loud, *soft, "<unk>"])
    inputs = [_value("speech", 1, ["N", "T", 560]), _value("speech_lengths", 6, ["N"])]
    rest = [helper.make_node("Identity", ["count"], ["token_num"])]
    constants = {"count": np.array([len(loud)], np.int32)}
    outputs = ["logits", "token_num"]
    meta = {"model_type": "paraformer"} | _LFR
    return _recogniser(folder, tokens, (loud, soft), "logits", rest, constants, inputs, outputs, 17.0, meta)


def dolphin(folder: Path, loud: Sequence[str], soft: Sequence[str]) -> Path:
    """A Dolphin CTC model."""
    tokens = _tokens(folder, ["<blank>", *loud, *soft, "<unk>"])
    inputs = [_value("x", 1, ["N", "T", 80]), _value("x_len", 7, ["N"])]
    rest = [helper.make_node("Identity", ["count"], ["log_probs_lens"])]
    constants = {"count": np.array([len(loud)], np.int64)}
    meta = {"model_type": "dolphin", "mean": _many(80, 0), "invstd": _many(80, 1)}
    outputs = ["log_probs", "log_probs_lens"]
    return _recogniser(folder, tokens, (loud, soft), "log_probs", rest, constants, inputs, outputs, -8.0, meta)


VITS_RATE_HZ = 16_000
_SYLLABLE_SAMPLES = 3200


def vits(folder: Path, hanzi: str, *, speakers: int = 2) -> Path:
    """A VITS voice that hums 0.2 s for each of these Hanzi, each speaker at a height of its own, and rests at marks."""
    marks = "，。！？"
    tokens = _tokens(folder, ["sil", "eos", "sp", *(f"s{index}" for index, _ in enumerate(hanzi)), *marks])
    lexicon = "".join(f"{each} s{index}\n" for index, each in enumerate(hanzi))
    (folder / "lexicon.txt").write_text(lexicon, "utf-8")
    time = np.arange(_SYLLABLE_SAMPLES) / VITS_RATE_HZ
    hums = np.stack([np.sin(2 * np.pi * 200 * (1 + speaker) * time) * 0.3 for speaker in range(speakers)])
    is_said = np.array([[float(token.startswith("s") and token[1:].isdigit())] for token in tokens], np.float32)
    constants = {"hums": hums.astype(np.float32), "said": is_said, "flat": np.array([1, 1, -1], np.int64)}
    nodes = [
        helper.make_node("Gather", ["said", "x"], ["loud"]),  # 1, tokens, 1
        helper.make_node("Gather", ["hums", "sid"], ["hum"]),  # 1, samples
        helper.make_node("Mul", ["loud", "hum"], ["sounds"]),  # 1, tokens, samples
        helper.make_node("Reshape", ["sounds", "flat"], ["y"]),
    ]
    inputs = [_value("x", 7, ["N", "L"]), _value("x_length", 7, ["N"])]
    inputs += [_value(name, 1, [1]) for name in ("noise_scale", "length_scale", "noise_scale_w")]
    inputs.append(_value("sid", 7, [1]))
    meta = {"model_type": "vits", "comment": "tiny", "language": "Chinese", "sample_rate": VITS_RATE_HZ}
    meta |= {"add_blank": 0, "n_speakers": speakers, "punctuation": " ".join(marks)}
    save(folder / "model.onnx", nodes, inputs, [_value("y", 1, [1, 1, "S"])], constants, meta)
    return folder


def _many(count: int, value: int) -> str:
    return ",".join([str(value)] * count)


_LFR: dict[str, object] = {
    "lfr_window_size": 7,
    "lfr_window_shift": 6,
    "neg_mean": _many(560, 0),
    "inv_stddev": _many(560, 1),
}
_DTYPES = {"token_num": 6, "log_probs_lens": 7}


def _recogniser(
    folder: Path,
    tokens: list[str],
    sentences: tuple[Sequence[str], Sequence[str]],
    said: str,
    rest: list[onnx.NodeProto],
    constants: Mapping[str, object],
    inputs: list[onnx.ValueInfoProto],
    outputs: list[str],
    loud_above: float,
    meta: Mapping[str, object],
) -> Path:
    loud, soft = sentences
    assert len(loud) == len(soft), "both sentences fill the same frames"
    choice = [
        helper.make_node("ReduceMean", [inputs[0].name], ["loudness"], keepdims=0),
        helper.make_node("Greater", ["loudness", "loud_above"], ["is_loud"]),
        helper.make_node("Where", ["is_loud", "loud", "soft"], [said]),
    ]
    constants = {
        **constants,
        "loud_above": np.array(loud_above, np.float32),
        "loud": _rows([tokens.index(each) for each in loud], len(tokens)),
        "soft": _rows([tokens.index(each) for each in soft], len(tokens)),
    }
    results = [_value(name, _DTYPES.get(name, 1), ["N"] if name in _DTYPES else ["N", "L", "V"]) for name in outputs]
    save(folder / "model.int8.onnx", choice + rest, inputs, results, constants, {"vocab_size": len(tokens), **meta})
    return folder


def _tokens(folder: Path, tokens: list[str]) -> list[str]:
    folder.mkdir(parents=True, exist_ok=True)
    once = list(dict.fromkeys(tokens))
    lines = "".join(f"{token} {index}\n" for index, token in enumerate(once))
    (folder / "tokens.txt").write_text(lines, "utf-8")
    return once


def _rows(ids: Sequence[int], size: int) -> np.ndarray:  # type: ignore[type-arg]
    rows = np.zeros((1, len(ids), size), np.float32)
    rows[0, range(len(ids)), ids] = 10
    return rows


def _value(name: str, dtype: int, shape: list[object]) -> onnx.ValueInfoProto:
    return helper.make_tensor_value_info(name, dtype, shape)


def save(
    path: Path,
    nodes: list[onnx.NodeProto],
    inputs: list[onnx.ValueInfoProto],
    outputs: list[onnx.ValueInfoProto],
    constants: Mapping[str, object],
    meta: Mapping[str, object],
) -> None:
    """Write a model of these nodes with its metadata."""
    weights = [numpy_helper.from_array(value, name) for name, value in constants.items()]
    graph = helper.make_graph(nodes, "tiny", inputs, outputs, weights)
    model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", 13)])
    model.ir_version = 8
    for key, value in meta.items():
        entry = model.metadata_props.add()
        entry.key, entry.value = key, str(value)
    onnx.checker.check_model(model)
    path.write_bytes(model.SerializeToString())
