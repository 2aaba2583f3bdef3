// In the preview's frame, links of the site open beside it: public pages refuse to be framed.
for (const link of document.querySelectorAll('a[href^="/"]')) {
  link.setAttribute("target", "_blank"); // the links of the map are SVG, whose property cannot be set
}
