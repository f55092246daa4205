"""How interviewers name a theme in everyday words: `Wo klemmt es?` asks for hurdles. Data only, German, of no one study.

On the left of each line what is said, on the right the words that codebooks have for it; a codebook that has none of them
is not touched by the line.
"""

from __future__ import annotations

EVERYDAY = """
klemmen haken hapern zwicken knirschen bremsen ausbremsen scheitern mühsam stocken holpern anstrengend erschweren behindern schwerfallen aufhalten stolperstein belasten zermürben überfordern : hürde hindernis schwierigkeit
mangeln brauchen benötigen bräuchte fehlen nötig vermissen abgehen entbehren helfen unterversorgt : bedarf
hoffen hoffentlich erträumen träumen zaubern zauberstab verbessern angenommen fee wunschzettel ändern : wunsch
einbringen anpacken mithelfen mitmachen mitarbeiten freizeit feierabend nebenher engagieren ehrenamtlich unentgeltlich kümmern : ehrenamt engagement
telefonieren anrufen absprechen abstimmen kooperieren zusammenarbeiten vernetzen draht strang austauschen hut kontakt partner ansprechpartner zusammentun verzahnen : kooperation zusammenarbeit
absprechen abstimmen stuhl tisch runde arbeitskreis abwesend unbesetzt : abstimmung akteur
vertragen auskommen klarkommen miteinander nachbarschaft treppenhaus hausflur flur grüßen nachbar hausgemeinschaft stimmung zurechtkommen umgang atmosphäre : zusammenleben konflikt nebeneinander
hocken sitzen mischen gemischt pausenraum kantine gesellen abkapseln absondern verkehren befreunden : ihresgleichen begegnung unter
treffen begegnen kennenlernen zusammenkommen treffpunkt berührungspunkt anlass : begegnung
empfangen aufnehmen begrüßen einleben heimisch daheim zuhause fremd ankommen angekommen neuanfang eingewöhnen : willkommen
wertschätzen würdigen danken lob respekt respektieren beachten : anerkennung würdigung
anbieten bieten veranstalten organisieren aktion unternehmen veranstaltung programm : projekt angebot
wegziehen fortziehen umziehen verändern früher abwandern dableiben : wegzug
erfahren mitbekommen mitkriegen bescheid informieren bekannt wissen herumsprechen flyer aushang : information
mitbringen beherrschen beisteuern beitragen reinschmeißen einsetzen talent können : ressource fertigkeit
vorstellen bereit interessieren beteiligen lust zutrauen : bereitschaft
dolmetschen vermitteln verbinden türöffner ansprechen lotse mittler : brückenperson
dazugehören zugehörig dazugehörig teil integrieren : integration
reinkommen hineinkommen mitglied neuling beitreten eintreten aufnahme hereinkommen ausschließen : geschlossen
gerede klischee vorbehalt verdächtig misstrauisch vorurteilsfrei schublade ressentiment ruf : vorurteil misstrauen
benachteiligen nachteil kontrollieren unfair kontrolle ungerecht rassistisch ausgrenzen anfeinden : diskriminierung
heimat verwurzelt hängen bleiben verbunden : verbundenheit heimat
mitreden mitbestimmen mitentscheiden stimmrecht : teilhabe
krach zoff streiten streiterei krachen zanken knatsch ärger beschwerde stören stress : konflikt streit
"""
