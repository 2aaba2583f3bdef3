// In the preview's frame, links of the site open beside it: public pages refuse to be framed.
for (const link of document.querySelectorAll('a[href^="/"]')) {
  link.target = "_blank";
}
