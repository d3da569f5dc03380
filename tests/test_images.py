"""Files become pages: PDFs scanned and born digital, images, and files that are none of these."""

from __future__ import annotations

import tracemalloc
from pathlib import Path

import numpy as np
import pikepdf
import pytest
from helpers_pdf import (
    Text,
    add_page,
    image,
    printed_sheet,
    scan_pdf,
    shown,
    tiff,
    turned,
    typed_page,
    typed_pdf,
    unnamed_font,
)

from pipeline.errors import InputError
from pipeline.ocr.images import Limits, PageImage, open_pages, shown_page

SHEET = printed_sheet(827, 1170)
CLAUSES = [Text("第一条本合同总价为人民币674720.00元", 72, 100 + 30 * i) for i in range(8)]


def pages_of(path: Path, **options: object) -> list[PageImage]:
    return list(open_pages(path, **options))  # type: ignore[arg-type]


def test_a_scan_comes_out_in_its_own_pixels(tmp_path: Path) -> None:
    (page,) = pages_of(scan_pdf(tmp_path / "a.pdf", SHEET))
    assert (page.pixels == SHEET).all()
    assert (page.number, page.dpi, page.text) == (1, 100, None)
    assert (page.frame.width, page.frame.height, page.frame.rotation) == (827, 1170, 0)


@pytest.mark.parametrize("rotate", [90, 180, 270])
def test_rotate_is_part_of_the_shown_page(tmp_path: Path, rotate: int) -> None:
    """A scan that lies turned, with a /Rotate that turns it back, is upright as shown."""
    sheet = turned(SHEET, -rotate % 360)
    path = tmp_path / "a.pdf"
    with pikepdf.open(scan_pdf(path, np.ascontiguousarray(sheet), rotate=rotate), allow_overwriting_input=True) as pdf:
        if rotate != 180:
            pdf.pages[0].MediaBox = pikepdf.Array([0, 0, 842, 595])
            pdf.pages[0].Contents = pdf.make_stream(b"q 842 0 0 595 0 0 cm /I Do Q")
        pdf.save(path)
    (page,) = pages_of(path)
    assert page.frame.rotation == 0
    assert (page.pixels == SHEET).all()


def test_a_page_shown_upside_down_is_read_upright(tmp_path: Path) -> None:
    path = scan_pdf(tmp_path / "a.pdf", turned(SHEET, 180))
    (page,) = pages_of(path)
    assert page.frame.rotation == 180
    assert (page.pixels == SHEET).all()
    assert (shown_page(path, 1, page.frame) == turned(SHEET, 180)).all()


def test_a_born_digital_page_brings_its_text(tmp_path: Path) -> None:
    (page,) = pages_of(typed_pdf(tmp_path / "a.pdf", CLAUSES))
    assert page.text is not None
    assert [line.text for line in page.text.lines] == [text.text for text in CLAUSES]
    assert page.pixels.shape == (page.text.height // 2, page.text.width // 2, 3)
    assert page.dpi == 100
    assert shown_page(tmp_path / "a.pdf", 1, page.frame).shape == (page.frame.height, page.frame.width, 3)


def test_text_can_be_left_to_the_engine(tmp_path: Path) -> None:
    (page,) = pages_of(typed_pdf(tmp_path / "a.pdf", CLAUSES), text_layer="never")
    assert page.text is None


def test_an_ocr_layer_over_a_scan_is_not_used(tmp_path: Path) -> None:
    layer = [Text(text.text, text.x, text.y, mode=3) for text in CLAUSES]
    (page,) = pages_of(scan_pdf(tmp_path / "a.pdf", SHEET, layer))
    assert page.text is None
    assert (page.pixels == SHEET).all()


def test_a_layer_without_chinese_is_not_used(tmp_path: Path) -> None:
    garbage = [Text("ÀÁÂÃÄÅ674720.00", 72, 100 + 30 * i) for i in range(8)]
    (page,) = pages_of(typed_pdf(tmp_path / "a.pdf", garbage))
    assert page.text is None


def test_a_layer_that_leaves_ink_uncovered_is_not_used(tmp_path: Path) -> None:
    """Half of the page's print is drawn as shapes, which no text layer knows."""
    shapes = "".join(f"{72 + 14 * i} {300 + 30 * row} 8 9 re f " for i in range(30) for row in range(8))
    (page,) = pages_of(typed_pdf(tmp_path / "a.pdf", CLAUSES, shapes))
    assert page.text is None


def test_invisible_text_is_dropped(tmp_path: Path) -> None:
    hidden = Text("隐藏的文字", 72, 500, mode=3)
    white = Text("白色的文字", 72, 540, colour="1 1 1")
    (page,) = pages_of(typed_pdf(tmp_path / "a.pdf", [*CLAUSES, hidden, white]))
    assert page.text is not None
    assert len(page.text.lines) == len(CLAUSES)


def test_a_layer_with_text_covered_in_part_is_not_used(tmp_path: Path) -> None:
    """What a reader sees of `总价为674720.00元` would not be what the layer says."""
    parts = [Text("总价为67", 72, 505), Text("47", 120, 505, colour="1 1 1"), Text("20.00元", 132, 505)]
    (page,) = pages_of(typed_pdf(tmp_path / "a.pdf", [*CLAUSES, *parts]))
    assert page.text is None


def test_what_a_replacement_text_says_is_not_what_the_page_shows(tmp_path: Path) -> None:
    """A reader sees 674720.00, whatever an /ActualText says of it."""
    path = tmp_path / "a.pdf"
    content, chars = typed_page(CLAUSES)
    with pikepdf.new() as pdf:
        add_page(pdf, f"/Span <</ActualText (999999)>> BDC\n{content}\nEMC", chars)
        pdf.save(path)
    (page,) = pages_of(path)
    assert page.text is not None
    assert [line.text for line in page.text.lines] == [text.text for text in CLAUSES]


@pytest.mark.parametrize("rotate", [90, 180, 270])
def test_text_stands_where_a_turned_page_shows_it(tmp_path: Path, rotate: int) -> None:
    """Typed so that it is upright after /Rotate, in a part of the sheet that a CropBox shows."""
    upright = pages_of(typed_pdf(tmp_path / "a.pdf", CLAUSES))[0].text
    content, chars = typed_page(CLAUSES)
    matrix = {90: "0 1 -1 0 870 40", 180: "-1 0 0 -1 635 870", 270: "0 -1 1 0 28 635"}[rotate]
    path = tmp_path / "b.pdf"
    with pikepdf.new() as pdf:
        page = add_page(pdf, f"q {matrix} cm {content} Q", chars, rotate)
        wide, high = (595, 842) if rotate == 180 else (842, 595)
        page.MediaBox, page.CropBox = pikepdf.Array([0, 0, 900, 900]), pikepdf.Array([28, 40, 28 + wide, 40 + high])
        if rotate == 180:
            page.CropBox = pikepdf.Array([40, 28, 635, 870])
        pdf.save(path)
    turned_page = pages_of(path)[0].text
    assert upright is not None
    assert turned_page is not None
    assert (turned_page.width, turned_page.height) == (upright.width, upright.height)
    for line, same in zip(upright.lines, turned_page.lines, strict=True):
        assert same.text == line.text
        assert (same.box.x0, same.box.y0) == pytest.approx((line.box.x0, line.box.y0), abs=1)


def test_text_and_rulings_of_a_form_stand_where_it_is_drawn(tmp_path: Path) -> None:
    path = tmp_path / "a.pdf"
    content, _ = typed_page(CLAUSES, "1 w 72 600 m 300 600 l S")
    with pikepdf.open(typed_pdf(path, CLAUSES), allow_overwriting_input=True) as pdf:
        page = pdf.pages[0]
        page.Resources.XObject = pikepdf.Dictionary(
            X=pdf.make_stream(
                content.encode(),
                Type=pikepdf.Name.XObject,
                Subtype=pikepdf.Name.Form,
                BBox=[0, 0, 595, 842],
                Matrix=[0.5, 0, 0, 0.5, 0, 0],
                Resources=page.Resources,
            )
        )
        page.Contents = pdf.make_stream(b"q 1 0 0 1 100 50 cm /X Do Q")
        pdf.save(path)
    text = pages_of(path)[0].text
    assert text is not None
    assert [line.text for line in text.lines] == [clause.text for clause in CLAUSES]
    scale = 200 / 72
    assert text.lines[0].box.x0 == pytest.approx((72 / 2 + 100) * scale, abs=1)
    assert text.lines[0].words[0].box.height == pytest.approx(6 * scale, abs=0.1)
    (ruling,) = text.rulings
    assert (ruling.x0, ruling.x1) == pytest.approx(((72 / 2 + 100) * scale, (300 / 2 + 100) * scale), abs=1)
    assert ruling.y0 == pytest.approx((842 - 600 / 2 - 50) * scale, abs=1)


def test_an_embedded_font_says_what_its_glyphs_mean(tmp_path: Path) -> None:
    path = tmp_path / "a.pdf"
    chars = "".join(dict.fromkeys("".join(text.text for text in CLAUSES)))
    with pikepdf.new() as pdf:
        page = add_page(pdf, "\n".join(shown(text, chars, digits=4) for text in CLAUSES), chars)
        page.Resources.Font.F = unnamed_font(pdf, chars)
        pdf.save(path)
    text = pages_of(path)[0].text
    assert text is not None
    assert [line.text for line in text.lines] == [clause.text for clause in CLAUSES]


@pytest.mark.parametrize(("text", "used"), [("数量为183台", False), ("特殊8标记符号", True)])
def test_a_layer_with_a_meaningless_character_among_figures_is_not_used(tmp_path: Path, text: str, used: bool) -> None:
    """Without the 8 that its font doesn't name, 183 would read 13."""
    with pikepdf.open(typed_pdf(tmp_path / "a.pdf", [*CLAUSES, Text(text, 72, 400)])) as pdf:
        font = pdf.pages[0].Resources.Font.F
        names = font.ToUnicode.read_bytes().decode().splitlines()
        font.ToUnicode.write("\n".join(line for line in names if "<0038>" not in line).encode())
        pdf.save(tmp_path / "b.pdf")
    (page,) = pages_of(tmp_path / "b.pdf")
    assert (page.text is not None) == used


def edited(path: Path, *parts: Text | str) -> PageImage:
    """A typed page with these texts and drawings over each other, the last on top."""
    _, chars = typed_page([*CLAUSES, *(part for part in parts if isinstance(part, Text))])
    with pikepdf.new() as pdf:
        add_page(pdf, "\n".join(shown(x, chars) if isinstance(x, Text) else x for x in [*CLAUSES, *parts]), chars)
        pdf.save(path)
    (page,) = pages_of(path)
    return page


@pytest.mark.parametrize(("width", "instead"), [(6, "2"), (42, "2345.67"), (48, "两千元整")])
def test_a_layer_with_a_figure_painted_over_is_not_used(tmp_path: Path, width: int, instead: str) -> None:
    """A reader sees the new figure; the layer has both, one digit beside the other: 12000.00."""
    cover = f"1 g 108 {842 - 507} {width} 13 re f"
    page = edited(tmp_path / "a.pdf", Text("总价为1000.00元", 72, 505), cover, Text(instead, 108, 505))
    assert page.text is None


def laid_over(path: Path, kind: str, left: float, text: str = "2000.00") -> PageImage:
    """A typed page with a note, stamp or filled field on white over it, whose left end is so many points in."""
    texts = [*CLAUSES, Text("总价为1000.00元", 72, 505)]
    _, chars = typed_page([*texts, Text(text, 0, 0)])
    with pikepdf.new() as pdf:
        page = add_page(pdf, "\n".join(shown(each, chars) for each in texts), chars)
        look = pdf.make_stream(
            f"1 g 0 0 52 16 re f {shown(Text(text, 0, 842 - 3), chars)}".encode(),
            Type=pikepdf.Name.XObject,
            Subtype=pikepdf.Name.Form,
            BBox=[0, 0, 52, 16],
            Resources=page.Resources,
        )
        over = pikepdf.Dictionary(
            Type=pikepdf.Name.Annot,
            Subtype=pikepdf.Name(f"/{kind}"),
            Rect=pikepdf.Array([left, 842 - 508, left + 52, 842 - 492]),
            F=4,
            AP=pikepdf.Dictionary(N=look),
        )
        if kind == "Widget":
            over.update({"/FT": pikepdf.Name.Tx, "/T": pikepdf.String("sum"), "/V": pikepdf.String(text)})
        page.obj.Annots = pikepdf.Array([pdf.make_indirect(over)])
        if kind == "Widget":
            pdf.Root.AcroForm = pikepdf.Dictionary(Fields=page.obj.Annots, DR=page.Resources)
        pdf.save(path)
    (found,) = pages_of(path)
    return found


@pytest.mark.parametrize("kind", ["FreeText", "Stamp", "Widget"])
def test_what_is_laid_over_a_page_is_part_of_it(tmp_path: Path, kind: str) -> None:
    page = laid_over(tmp_path / "a.pdf", kind, 300)
    assert page.text is not None
    assert [line.text for line in page.text.lines][-2:] == ["总价为1000.00元", "2000.00"]


@pytest.mark.parametrize("kind", ["FreeText", "Stamp", "Widget"])
def test_a_layer_with_a_figure_laid_over_is_not_used(tmp_path: Path, kind: str) -> None:
    """A reader sees 2000.00 where the page's own text says 1000.00."""
    page = laid_over(tmp_path / "a.pdf", kind, 108)
    assert page.text is None
    assert (page.frame.width, page.frame.height) == (1653, 2339)


def test_a_layer_with_a_picture_over_a_figure_is_not_used(tmp_path: Path) -> None:
    """A picture of another digit, ink on white, hides the typed one as white paint does."""
    path = tmp_path / "a.pdf"
    digit = np.full((26, 12, 3), 255, np.uint8)
    digit[4:22, 4:8] = 0
    content, chars = typed_page([*CLAUSES, Text("总价为1000.00元", 72, 505)])
    with pikepdf.new() as pdf:
        page = add_page(pdf, f"{content} q 6 0 0 13 108 {842 - 507} cm /I Do Q", chars)
        page.Resources.XObject = pikepdf.Dictionary(I=image(pdf, digit))
        pdf.save(path)
    (found,) = pages_of(path)
    assert found.text is None


def test_a_layer_with_a_figure_clipped_off_in_part_is_not_used(tmp_path: Path) -> None:
    _, chars = typed_page([*CLAUSES, Text("总价为1000.00元", 72, 505)])
    clip = f"q 0 0 114 842 re W n {shown(Text('总价为1000.00元', 72, 505), chars)} Q"
    with pikepdf.open(typed_pdf(tmp_path / "a.pdf", [*CLAUSES, Text("总价为1000.00元", 72, 505)])) as pdf:
        content = pdf.pages[0].Contents.read_bytes().decode()
        pdf.pages[0].Contents.write(content.replace(content.splitlines()[-1], clip).encode())
        pdf.save(tmp_path / "b.pdf")
    assert pages_of(tmp_path / "b.pdf")[0].text is None


SUM = Text("总价为1000.00元", 72, 505)  # its first digit stands from 108 to 114


@pytest.mark.parametrize(
    "stroke",
    [
        f"0 0 0.8 RG 1.5 w 106 {842 - 506} m 150 {842 - 494} l S",  # a pen's, across the figure
        f"0.9 0 0 RG 1.5 w 104 {842 - 500} m 120 {842 - 506} 130 {842 - 494} 152 {842 - 500} c S",  # a red, wavy one
        f"109 {842 - 505} 3 9 re f",  # a digit drawn before the others
    ],
)
def test_a_layer_with_other_ink_on_a_sum_is_not_used(tmp_path: Path, stroke: str) -> None:
    shorter = Text("总价为", 72, 505), Text("000.00元", 114, 505)
    assert edited(tmp_path / "a.pdf", *shorter).text is not None
    assert edited(tmp_path / "b.pdf", *shorter, stroke).text is None


def test_what_is_struck_through_is_left_out(tmp_path: Path) -> None:
    line = f"0.8 w 108 {842 - 501} m 150 {842 - 501} l S"
    page = edited(tmp_path / "a.pdf", SUM, line, Text("2345.67元", 162, 505))
    assert page.text is not None
    assert page.text.lines[-1].text.replace(" ", "") == "总价为元2345.67元"


def test_an_underlined_figure_is_read(tmp_path: Path) -> None:
    page = edited(tmp_path / "a.pdf", SUM, f"0.8 w 108 {842 - 507} m 150 {842 - 507} l S")
    assert page.text is not None
    assert page.text.lines[-1].text == SUM.text


def test_a_note_s_number_is_no_digit_of_a_figure(tmp_path: Path) -> None:
    page = edited(tmp_path / "a.pdf", Text("总价为1000.00", 72, 505), Text("1", 150, 500, 8))
    assert page.text is not None
    assert page.text.lines[-1].text == "总价为1000.00¹"


@pytest.mark.parametrize("filled", [Text("5000", 110, 501, 10), Text("12", 116, 501, 10)])
def test_what_is_filled_into_a_blank_a_little_high_is_no_note(tmp_path: Path, filled: Text) -> None:
    page = edited(tmp_path / "a.pdf", Text("总价为", 72, 505), filled, Text("元", 140, 505))
    assert page.text is not None
    assert filled.text in page.text.lines[-1].text


def test_a_drawing_beyond_all_bounds_is_no_ruling(tmp_path: Path) -> None:
    beyond = "1 w 3e38 3e38 3e38 9 re S 1e38 0 0 1e38 0 0 cm 1e38 1 m 3e38 3e38 l S"
    with pikepdf.open(typed_pdf(tmp_path / "a.pdf", CLAUSES)) as pdf:
        page = pdf.pages[0]
        page.Contents.write(page.Contents.read_bytes() + b"\n" + beyond.encode())
        pdf.save(tmp_path / "b.pdf")
    (found,) = pages_of(tmp_path / "b.pdf")
    assert found.text is None or len(found.text.lines) == len(CLAUSES)


def test_a_hidden_figure_between_two_rows_is_not_read(tmp_path: Path) -> None:
    rows = Text("设备费用120000.00元", 72, 500), Text("软件费用130000.00元", 72, 516)
    page = edited(tmp_path / "a.pdf", *rows, Text("990000.00", 120, 508, mode=3))
    assert page.text is None or "99" not in "".join(line.text for line in page.text.lines)


@pytest.mark.parametrize(("meaning", "used"), [("\u00ad", True), ("\uf02d", False)])
def test_a_sign_before_a_figure_is_kept_whatever_its_font_calls_it(tmp_path: Path, meaning: str, used: bool) -> None:
    page = edited(tmp_path / "a.pdf", Text(f"折扣为{meaning}1000.00元", 72, 505))
    assert (page.text is not None) == used
    assert page.text is None or page.text.lines[-1].text == "折扣为-1000.00元"


def test_what_is_typed_twice_to_look_bold_is_read_once(tmp_path: Path) -> None:
    bold = [Text("总价为1000.00元", 72 + shift, 505) for shift in (0, 0.4)]
    page = edited(tmp_path / "a.pdf", *bold)
    assert page.text is not None
    assert page.text.lines[-1].text == "总价为1000.00元"


def test_a_filled_blank_s_underscores_are_no_part_of_its_figure(tmp_path: Path) -> None:
    blank = [Text("总价为________元", 72, 506), Text("1000.00", 112, 505)]
    page = edited(tmp_path / "a.pdf", *blank)
    assert page.text is not None
    assert "1000.00" in page.text.lines[-1].text


def test_white_print_on_a_dark_heading_is_read(tmp_path: Path) -> None:
    dark = f"0 0 0.5 rg 60 {842 - 520} 300 40 re f"
    heading = Text("分项报价表", 72, 505, colour="1 1 1")
    (page,) = pages_of(typed_pdf(tmp_path / "a.pdf", [*CLAUSES, heading], dark))
    assert page.text is not None
    assert page.text.lines[-1].text == "分项报价表"


def test_a_mixed_file_is_judged_page_by_page(tmp_path: Path) -> None:
    path = tmp_path / "a.pdf"
    with pikepdf.open(scan_pdf(path, SHEET), allow_overwriting_input=True) as pdf:
        add_page(pdf, *typed_page(CLAUSES))
        pdf.save(path)
    assert [(page.number, page.text is not None) for page in pages_of(path)] == [(1, False), (2, True)]


def test_print_over_a_scan_is_part_of_the_page(tmp_path: Path) -> None:
    """A page number typed over a scan: the image alone is not what the page shows."""
    (page,) = pages_of(scan_pdf(tmp_path / "a.pdf", SHEET, [Text("附件一二三", 72, 30, 20)]))
    assert (page.pixels[40:110, 120:400] < 128).any()


@pytest.mark.parametrize("suffix", ["png", "jpg", "tif"])
def test_images_are_pages(tmp_path: Path, suffix: str) -> None:
    import cv2

    path = tmp_path / f"a.{suffix}"
    cv2.imwrite(str(path), SHEET)
    (page,) = pages_of(path)
    assert page.pixels.shape == SHEET.shape
    assert page.dpi == 100
    assert (page.pixels[900:] == 255).mean() > 0.9


def test_a_tiff_may_have_many_pages(tmp_path: Path) -> None:
    path = tmp_path / "a.tif"
    path.write_bytes(tiff(SHEET, turned(SHEET, 180), SHEET))
    assert [(page.number, page.frame.rotation, page.dpi) for page in pages_of(path)] == [
        (1, 0, 200),
        (2, 180, 200),
        (3, 0, 200),
    ]


@pytest.mark.parametrize(
    ("content", "says"),
    [(b"", "空"), (b"PK\x03\x04 a document", "不是"), (b"%PDF-1.7\nnothing", "损坏"), (b"\x89PNG\r\n\x1a\nx", "损坏")],
)
def test_files_that_are_no_contract_are_refused_in_one_line(tmp_path: Path, content: bytes, says: str) -> None:
    path = tmp_path / "a.pdf"
    path.write_bytes(content)
    with pytest.raises(InputError, match=says) as caught:
        pages_of(path)
    assert "\n" not in str(caught.value)


def test_a_missing_file_is_refused(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="无法打开"):
        pages_of(tmp_path / "none.pdf")


def test_a_password_is_asked_for(tmp_path: Path) -> None:
    path = tmp_path / "a.pdf"
    with pikepdf.open(typed_pdf(path, CLAUSES), allow_overwriting_input=True) as pdf:
        pdf.save(path, encryption=pikepdf.Encryption(owner="owner", user="secret"))
    with pytest.raises(InputError, match="需要密码"):
        pages_of(path)


def test_a_truncated_pdf_is_repaired(tmp_path: Path) -> None:
    path = typed_pdf(tmp_path / "a.pdf", CLAUSES)
    data = path.read_bytes()
    path.write_bytes(data[: data.rindex(b"xref")])
    (page,) = pages_of(path)
    assert page.text is not None
    assert len(page.text.lines) == len(CLAUSES)


def test_too_many_pages_are_refused(tmp_path: Path) -> None:
    path = tmp_path / "a.pdf"
    with pikepdf.new() as pdf:
        for _ in range(4):
            pdf.add_blank_page()
        pdf.save(path)
    with pytest.raises(InputError, match="共 4 页"):
        pages_of(path, limits=Limits(max_pages=3))


@pytest.mark.parametrize("height", [14_400, 2**31 - 1])
def test_a_giant_page_is_scaled_down_before_it_is_drawn(tmp_path: Path, height: int) -> None:
    path = tmp_path / "a.pdf"
    with pikepdf.new() as pdf:
        pdf.add_blank_page()
        pdf.pages[0].MediaBox = pikepdf.Array([0, 0, 595, height])
        pdf.save(path)
    tracemalloc.start()
    (page,) = pages_of(path, limits=Limits(max_pixels=4_000_000))
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert page.pixels.shape[0] * page.pixels.shape[1] <= 4_100_000
    assert peak < 200_000_000


def test_a_giant_image_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "a.tif"
    path.write_bytes(tiff(SHEET))
    with pytest.raises(InputError, match="像素"):
        pages_of(path, limits=Limits(max_pixels=500_000))


def test_pages_come_one_at_a_time(tmp_path: Path) -> None:
    """The second page is damaged; the first is there all the same."""
    path = tmp_path / "a.pdf"
    with pikepdf.open(scan_pdf(path, SHEET), allow_overwriting_input=True) as pdf:
        pdf.add_blank_page()
        pdf.save(path)
    pages = open_pages(path)
    assert next(pages).number == 1
    pages.close()  # type: ignore[attr-defined]
    path.unlink()
