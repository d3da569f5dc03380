"""The backends compute the same within their precision, say who they are, and talk to nobody."""

import subprocess
import sys

import numpy as np
import pytest
from helpers_image import paper, write

from pipeline import discover
from pipeline.errors import ExtraMissingError, UsageError
from pipeline.ocr import network
from pipeline.ocr.detect import Detector
from pipeline.ocr.network import EVERYWHERE, Compute, Network, opened
from pipeline.ocr.rapid import DETECTION, RECOGNITION, Engine, model_folder
from pipeline.ocr.recognise import Peak, in_doubt

BACKENDS = list(discover.modules(network.PACKAGE, "Network"))
ROW = np.random.default_rng(5).uniform(-1, 1, (1, 3, 48, 160)).astype(np.float32)


@pytest.fixture(params=BACKENDS)
def name(request: pytest.FixtureRequest) -> str:
    """A backend that is installed."""
    try:
        network.version(Compute(backend=request.param))
    except ExtraMissingError as error:
        pytest.skip(str(error))
    return str(request.param)


def recogniser(name: str, threads: int = 1) -> Network:
    return opened(model_folder() / RECOGNITION, Compute(threads, name))


def test_every_backend_reads_the_same_figures(name: str) -> None:
    image = paper(200, 700)
    write(image, "12,345.60", 60, 50)

    assert [line.text for line in Engine(Compute(backend=name)).read(image)] == ["12,345.60"]


def test_every_backend_finds_the_same_lines(name: str) -> None:
    image = paper(400, 700)
    for y in (50, 150, 250):
        write(image, "12,345.60", 60 + y, y)
    boxes, others = (
        Detector(model_folder() / DETECTION, Compute(backend=each)).find(image) for each in (name, EVERYWHERE)
    )
    assert len(boxes) == len(others) == 3
    for box, other in zip(boxes, others, strict=True):
        assert box.overlap(other) > 0.9 * max(box.area, other.area)


def test_the_charset_comes_with_the_network(name: str) -> None:
    characters = recogniser(name).metadata("character").split("\n")

    assert recogniser(name)(ROW).shape[2] == len(characters) + 2
    assert {"0", "壹", "‰"} <= set(characters)
    with pytest.raises(KeyError):
        recogniser(name).metadata("no such key")


def test_the_same_to_the_bit_on_any_number_of_threads(name: str) -> None:
    page = np.random.default_rng(6).uniform(-1, 1, (1, 3, 320, 224)).astype(np.float32)
    for model, blob in ((RECOGNITION, ROW), (DETECTION, page)):
        one, two = (opened(model_folder() / model, Compute(threads, name)) for threads in (1, 2))
        first = one(blob).tobytes()
        one(blob[..., :128])  # another width in between
        assert one(blob).tobytes() == two(blob).tobytes() == first


@pytest.mark.parametrize("width", [96, 97, 250, 1000])
def test_rows_are_filled_up_and_never_cut(name: str, width: int) -> None:
    room = network.backend(name).roomy(width)

    assert width <= room < 1.2 * width
    assert room % 8 == 0
    assert network.backend(name).roomy(room) == room


def test_backend_and_precision_stand_in_the_engine_s_version(name: str) -> None:
    assert f"{name}-" in Engine(Compute(backend=name)).version
    assert network.version(Compute(backend=name)).split("-")[1] in {"f32", "bf16"}


def test_reading_opens_no_connection(name: str) -> None:
    program = f"""
import sys
seen = []
sys.addaudithook(lambda event, given: seen.append(event) if event.startswith("socket.") else None)
import numpy as np
from pipeline.ocr.network import Compute
from pipeline.ocr.rapid import Engine
Engine(Compute(backend={name!r})).read(np.full((100, 300, 3), 255, np.uint8))
print(seen)
"""
    ended = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert ended.stdout.strip() == "[]"


def test_auto_takes_one_that_works() -> None:
    assert network.chosen("auto") in BACKENDS
    assert Engine().version == Engine(Compute(backend=network.chosen("auto"))).version


def test_an_unknown_backend_is_refused() -> None:
    with pytest.raises(UsageError, match="onnxruntime"):
        Engine(Compute(backend="no-such"))


def test_a_figure_in_doubt_is_read_in_full_precision() -> None:
    sure = [Peak("合", 10.0, 0.4), Peak("1", 26.0, 0.99)]

    assert not in_doubt(sure)
    assert in_doubt([*sure, Peak(".", 40.0, 0.7)])
    assert in_doubt([Peak("壹", 10.0, 0.7)])


def test_likelihoods_are_those_of_full_precision(name: str) -> None:
    crop = paper(48, 200)
    write(crop, "4096", 20, 8)
    texts = ("4096", "4090")
    full = Engine(Compute(backend="onnxruntime")).likelihood(crop, texts)

    assert full[0] > full[1]
    assert Engine(Compute(backend=name)).likelihood(crop, texts) == pytest.approx(full, rel=1e-3)
