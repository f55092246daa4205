"""Pictures: each is a function from tables to rows and an Altair chart, drawn once as SVG and again, live, by the page."""
