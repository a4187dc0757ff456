"""Cards: where titles break, and what is drawn without a font."""

from PIL import Image, ImageFont

from kamipen.site import social_cards


def test_card_breaks_titles_where_japanese_may_break() -> None:
    face = ImageFont.load_default(40)
    lines = social_cards.wrap("a「bc」、def ghi jkl", face, 120)
    assert "".join(lines).replace(" ", "") == "a「bc」、defghijkl"
    assert not any(line[0] in "」、" for line in lines)
    assert all(word in " ".join(lines) for word in ("def", "ghi", "jkl"))


def test_no_line_of_a_card_is_left_with_a_single_character() -> None:
    face = ImageFont.load_default(40)
    assert social_cards.wrap("aa bb cc dd e", face, int(face.getlength("aa bb cc dd"))) == ["aa bb cc dd", "e"]
    assert social_cards.balanced("aa bb cc dd e", face, int(face.getlength("aa bb cc dd"))) == ["aa bb", "cc dd e"]


def test_card_without_a_japanese_font_is_the_mark_alone() -> None:
    card = social_cards.draw("ja", "題", None)
    assert card.size == social_cards.SIZE
    colours = {colour for _, colour in card.getcolors(1 << 20) or []}
    assert Image.new("RGB", (1, 1), social_cards.RED).getpixel((0, 0)) in colours
    assert social_cards.draw("en", "Title", None).tobytes() != social_cards.draw("en", "Other", None).tobytes()
