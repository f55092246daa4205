"""Stage bundle: Vega, Vega-Lite and Vega-Embed as one script for the report, made once for an installation.

It rests on nothing but the version of the package that carries it, so every report takes it from the cache. The licences of what is in it
ask that their notices go with it: they stand at its head.
"""

from __future__ import annotations

from functools import cache
from types import SimpleNamespace

_SNIPPET = "window.vegaEmbed = vegaEmbed;"
NOTICE = """/*!
Vega, Vega-Lite, Vega-Embed and their packages: Copyright (c) 2015, University of Washington Interactive Data Lab. All rights reserved.
Redistribution and use in source and binary forms, with or without modification, are permitted provided that the following conditions are met:
1. Redistributions of source code must retain the above copyright notice, this list of conditions and the following disclaimer.
2. Redistributions in binary form must reproduce the above copyright notice, this list of conditions and the following disclaimer in the
documentation and/or other materials provided with the distribution.
3. Neither the name of the copyright holder nor the names of its contributors may be used to endorse or promote products derived from this software
without specific prior written permission.
THIS SOFTWARE IS PROVIDED BY THE COPYRIGHT HOLDERS AND CONTRIBUTORS "AS IS" AND ANY EXPRESS OR IMPLIED WARRANTIES, INCLUDING, BUT NOT LIMITED TO, THE
IMPLIED WARRANTIES OF MERCHANTABILITY AND FITNESS FOR A PARTICULAR PURPOSE ARE DISCLAIMED. IN NO EVENT SHALL THE COPYRIGHT HOLDER OR CONTRIBUTORS BE
LIABLE FOR ANY DIRECT, INDIRECT, INCIDENTAL, SPECIAL, EXEMPLARY, OR CONSEQUENTIAL DAMAGES (INCLUDING, BUT NOT LIMITED TO, PROCUREMENT OF SUBSTITUTE
GOODS OR SERVICES; LOSS OF USE, DATA, OR PROFITS; OR BUSINESS INTERRUPTION) HOWEVER CAUSED AND ON ANY THEORY OF LIABILITY, WHETHER IN CONTRACT, STRICT
LIABILITY, OR TORT (INCLUDING NEGLIGENCE OR OTHERWISE) ARISING IN ANY WAY OUT OF THE USE OF THIS SOFTWARE, EVEN IF ADVISED OF THE POSSIBILITY OF SUCH DAMAGE.

D3 and its packages, internmap, topojson-client, delaunator, semver: Copyright 2010 Mike Bostock and the authors of these packages.
Permission to use, copy, modify, and/or distribute this software for any purpose with or without fee is hereby granted, provided that the above
copyright notice and this permission notice appear in all copies.
THE SOFTWARE IS PROVIDED "AS IS" AND THE AUTHOR DISCLAIMS ALL WARRANTIES WITH REGARD TO THIS SOFTWARE INCLUDING ALL IMPLIED WARRANTIES OF MERCHANTABILITY
AND FITNESS. IN NO EVENT SHALL THE AUTHOR BE LIABLE FOR ANY SPECIAL, DIRECT, INDIRECT, OR CONSEQUENTIAL DAMAGES OR ANY DAMAGES WHATSOEVER RESULTING FROM
LOSS OF USE, DATA OR PROFITS, WHETHER IN AN ACTION OF CONTRACT, NEGLIGENCE OR OTHER TORTIOUS ACTION, ARISING OUT OF OR IN CONNECTION WITH THE USE OR
PERFORMANCE OF THIS SOFTWARE.

Colours of d3-scale-chromatic: Copyright 2002 Cynthia Brewer, Mark Harrower, and The Pennsylvania State University; Apache License, Version 2.0.
*/
"""


def products(settings: SimpleNamespace) -> dict[str, bytes]:
    """`vega.js`: may stand between script tags, and evaluates no text as program when used with `ast`."""
    return {"vega.js": _script()}


@cache
def _script() -> bytes:
    import vl_convert

    script = NOTICE + vl_convert.javascript_bundle(snippet=_SNIPPET)
    if "</script" in script.lower():
        raise AssertionError("the bundle ends its own script tag")
    return script.encode()
