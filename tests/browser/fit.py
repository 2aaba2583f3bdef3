"""What on a page does not fit: what reaches over the edge of the window, and text that is cut off."""

from playwright.sync_api import Page

from tests.browser.looks import WIDER, resize

# Width of the window and size of the text in percent
SIZES = ((320, 100), (320, 200), (1280, 100), (1280, 200))
DOES_NOT_FIT = """() => {
    const seen = part => part.checkVisibility({ visibilityProperty: true }) && !part.closest('.visually-hidden, svg')
    const parts = [...document.querySelectorAll('body *')].filter(seen)
    const words = part => (part.innerText || part.value || '').slice(0, 60)
    const name = part => `${part.tagName.toLowerCase()}.${part.className}: ${words(part)}`
    const faults = []
    for (const part of parts) {
        const isCut = part.clientWidth > 1 && part.scrollWidth > part.clientWidth + 1
        if (isCut && !part.matches('input, textarea') && ['hidden', 'clip'].includes(getComputedStyle(part).overflowX))
            faults.push(`cut off: ${name(part)}`)
    }
    // A list of choices cuts what it shows without a sign. It can neither wrap nor grow with text twice as large.
    if (document.documentElement.style.fontSize !== '100%') return faults
    for (const list of parts.filter(part => part.matches('select:not([multiple]):not([size])'))) {
        if (list.selectedIndex < 0) continue
        const twin = list.cloneNode()
        twin.append(list.selectedOptions[0].cloneNode(true))
        Object.assign(twin.style, { position: 'absolute', width: 'auto', minWidth: 0, maxWidth: 'none' })
        list.after(twin)
        if (twin.offsetWidth > list.offsetWidth + 1) faults.push(`cut off: select ${list.selectedOptions[0].text}`)
        twin.remove()
    }
    return faults
}"""


def misfits(page: Page) -> list[str]:
    """What does not fit on the page that is open, in narrow and wide windows, with text as usual and twice as large."""
    found: list[str] = []
    for width, percent in SIZES:
        resize(page, width)
        page.evaluate("percent => document.documentElement.style.fontSize = `${percent}%`", percent)
        sideways = page.evaluate(WIDER)
        faults = [f"{sideways} px sideways"] if sideways > 0 else []
        found += [f"{width} px, {percent} %: {fault}" for fault in dict.fromkeys(faults + page.evaluate(DOES_NOT_FIT))]
    page.evaluate("document.documentElement.removeAttribute('style')")
    return found
