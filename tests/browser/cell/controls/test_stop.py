"""Stop while a moved control runs live: what was put out stays, and is told as what it is."""

from playwright.sync_api import expect

from tests.browser.cell.controls.conftest import Moves

ENDLESS = """import matplotlib.pyplot as plt

eta = 0.15  # learning rate
print("mine", eta)
plt.plot([0, eta])
plt.show()
print("and on", end="")
while eta > 0.1:
    pass
"""


def test_what_was_put_out_stays_and_the_control_goes_on(moved: Moves) -> None:
    output, slider = moved.output("descent"), moved.slider("descent", "eta")
    published = output.inner_html()
    moved.write("descent", ENDLESS)
    moved.move("descent", "eta", "0.12")
    expect(output).to_contain_text("and on", timeout=60_000)
    moved.press("descent", "stop")
    moved.state("descent", "stopped")
    assert output.locator("pre").all_inner_texts() == ["mine 0.12\n", "and on"]
    expect(output.locator("svg")).to_be_visible()
    expect(output).not_to_have_attribute("aria-busy", "true")
    expect(moved.status("descent")).to_contain_text("stopped")
    expect(slider).to_have_value("0.12")
    expect(slider).to_be_enabled()
    assert moved.code("descent").count("eta = 0.12  # learning rate") == 1

    moved.move("descent", "eta", "0.08")
    moved.state("descent", "done")
    assert output.locator("pre").all_inner_texts() == ["mine 0.08\n", "and on"]

    moved.press("descent", "reset")
    assert output.inner_html() == published
    moved.move("descent", "eta", "0.12")
    expect(moved.status("descent")).to_have_text("recorded: rate 0.12")


def test_sentences_say_nothing_of_a_run_that_was_stopped(moved: Moves) -> None:
    limit = moved.page.locator('.kp-value[data-value="limit .3f"]')
    moved.write("descent", ENDLESS)
    moved.move("descent", "eta", "0.12")
    expect(moved.output("descent")).to_contain_text("and on", timeout=60_000)
    moved.press("descent", "stop")
    moved.state("descent", "stopped")
    expect(limit).to_have_text("–")
    expect(moved.page.locator(".kp-verdict")).to_have_attribute("data-away", "")
    moved.press("descent", "reset")
    expect(limit).to_have_text("0.200")
    expect(moved.page.locator(".kp-verdict")).not_to_have_attribute("data-away", "")


def test_a_run_stopped_before_it_began_leaves_the_published_state(moved: Moves) -> None:
    moved.page.route("**/kamipen/engine-*.js", lambda route: None)
    output = moved.output("descent")
    published = output.inner_html()
    moved.press("descent", "run")
    moved.state("descent", "booting")
    moved.press("descent", "stop")
    moved.state("descent", "stopped")
    moved.page.wait_for_timeout(500)  # what follows the output would be loaded first
    assert output.inner_html() == published
    expect(moved.page.locator(".kp-verdict")).not_to_have_attribute("data-away", "")
    expect(moved.page.locator('.kp-value[data-value="limit .3f"]')).not_to_have_attribute("data-away", "")
    moved.page.unroute_all(behavior="ignoreErrors")
