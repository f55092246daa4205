"""Facts of the Rich Text Format: code pages, words that are signs, and destinations that hold no speech."""

from __future__ import annotations

CODEPAGES = {0: "cp1252", 10000: "mac_roman", 10006: "mac_greek", 10007: "mac_cyrillic", 10029: "mac_latin2",
             10081: "mac_turkish", 65001: "utf-8", 936: "gbk", 950: "big5", 28591: "latin-1"}  # fmt: skip
CHARSETS = {
    77: "mac_roman", 128: "cp932", 129: "cp949", 134: "gbk", 136: "big5", 161: "cp1253", 162: "cp1254", 163: "cp1258",
    177: "cp1255", 178: "cp1256", 186: "cp1257", 204: "cp1251", 222: "cp874", 238: "cp1250", 254: "cp437", 255: "cp850",
}  # fmt: skip
SYMBOL_CHARSET = 2
FAMILIES = {"ansi": "cp1252", "mac": "mac_roman", "pc": "cp437", "pca": "cp850"}

SIGNS = {
    "tab": "\t", "line": "\n", "lbr": "\n", "softline": "\n", "page": "\n", "column": "\n", "emdash": "—",
    "endash": "–", "emspace": "\u2003", "enspace": "\u2002", "qmspace": "\u2005", "bullet": "•", "lquote": "‘",
    "rquote": "’", "ldblquote": "“", "rdblquote": "”", "nestcell": "\t", "nestrow": "\n",
}  # fmt: skip
SYMBOLS = {"~": "\u00a0", "_": "-", "{": "{", "}": "}", "\\": "\\"}  # of `\-` nothing is to be seen

SKIP = frozenset(
    """colortbl filetbl listtable listoverridetable revtbl rsidtbl pgptbl pict object fldinst datafield formfield
    shprslt nonshppict nonesttables listtext pntext pntxta pntxtb pn xe tc tcn rxe sp keycode themedata datastore
    colorschememapping latentstyles xmlnstbl mmathPr ftnsep ftnsepc ftncn aftnsep aftnsepc aftncn bkmkstart bkmkend
    buptim creatim revtim printim comment doccomm keywords subject company manager category hlinkbase vern linkval
    template passwordhash txe background ud mmath""".split()
)
NOTES = frozenset({"footnote"})  # endnotes are footnotes with a word inside
COMMENTS = frozenset("annotation atnid atnauthor atndate atnicn atnref atntime atnparent atrfstart atrfend".split())
TRANSPARENT = frozenset({"shpinst", "do", "nesttableprops", "shpgrp"})  # marked as skippable, but with text inside
BOXES = frozenset({"shptxt", "dptxbxtext"})
HEADS = {
    "header": "kopfzeile", "headerl": "kopfzeile", "headerr": "kopfzeile", "headerf": "kopfzeile",
    "footer": "fusszeile", "footerl": "fusszeile", "footerr": "fusszeile", "footerf": "fusszeile",
}  # fmt: skip
INFO = {"title": "titel", "author": "autor", "operator": "zuletzt bearbeitet von", "generator": "erzeugt mit"}
TOOLS = {"f4": "f4", "maxqda": "MAXQDA", "noscribe": "noScribe"}  # how a generator's name begins
