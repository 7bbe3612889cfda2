"""Who a mention is, one construction a test. Sentences are tagged by hand, word by word, in a short form of CoNLL-U.

A word is `form/UPOS`, with `:m :f` for gender, `:s :p` for number; `*` marks a subject, `^` what the tagger calls PER.
Two spaces end a sentence, a line ends a paragraph. Mentions and quotes are found by their words.
"""

from __future__ import annotations

import pytest

from quotetrack import languages
from quotetrack.attribution.cast import Resolution, build_cast, resolve
from quotetrack.attribution.draft import Draft
from quotetrack.model import Article, Parse, QuoteKind, Span
from quotetrack.parsing import conllu

FRENCH = languages.load("fr")
GENDER = {"m": "Gender=Masc", "f": "Gender=Fem", "s": "Number=Sing", "p": "Number=Plur"}
LEFT = {",", ".", ")", "»"}  # no blank before


def parsed(tagged: str) -> tuple[Article, Parse]:
    """The article and parse of a tagged text."""
    rows: list[str] = []
    for paragraph in tagged.strip().split("\n"):
        for number, sentence in enumerate(paragraph.strip().split("  ")):
            words = sentence.split(" ")
            if rows:
                rows.append("" if number else "\n# newpar")
            rows += [row(i, word, words[i : i + 1]) for i, word in enumerate(words, 1)]
    text = "\n".join(rows)
    return Article(conllu.text_of(text)), conllu.loads(text)


def row(number: int, word: str, following: list[str]) -> str:
    form, _, tags = word.rstrip("*^").partition("/")
    upos, *marks = tags.split(":")
    feats = "|".join(GENDER[m] for m in marks) or "_"
    relation = "nsubj" if word.endswith("*") else "dep"
    glued = form in ("(", "«") or form.endswith("'") or (following[:1] != [] and following[0][0] in LEFT)
    misc = "|".join(["SpaceAfter=No"] * bool(glued) + ["NER=B-PER"] * ("^" in word)) or "_"
    return f"{number} {form} {form.lower()} {upos} _ {feats} {1 if number > 1 else 0} {relation} _ {misc}"


def draft(text: str, said: str, mention: str | None, cue: str | None = None, kind: QuoteKind = "direct") -> Draft:
    """A quote of the words `said`, whose mention is the first after, or else before, them."""

    def find(words: str) -> Span:
        start = text.find(words, at)
        start = start if start >= 0 else text.rindex(words)
        return Span(start, start + len(words))

    at = 0
    span = find(said)
    at = span.end if mention and mention in text[span.end :] and cue != "before" else 0
    return Draft(kind, (span,), None, find(mention) if mention else None, "test", 1.0, mention is None)


def resolved(tagged: str, *quotes: tuple[str, str | None], kind: QuoteKind = "indirect") -> list[Resolution]:
    article, parse = parsed(tagged)
    drafts = [draft(article.text, said, mention, kind=kind) for said, mention in quotes]
    return resolve(drafts, article, parse, FRENCH)


def speakers(tagged: str, *quotes: tuple[str, str | None]) -> list[str | None]:
    return [r.speaker.name if r.speaker else None for r in resolved(tagged, *quotes)]


RAIN = "Il/PRON pleut/VERB ,/PUNCT"
SNOW = "Il/PRON neige/VERB ,/PUNCT"
WIND = "Il/PRON vente/VERB ,/PUNCT"
KIRBY = (
    "Paul/PROPN Martin/PROPN* ,/PUNCT porte-parole/NOUN:m:s du/ADP gouvernement/NOUN:m:s ,/PUNCT "
    "est/AUX venu/VERB ./PUNCT"
)


def test_a_surname_finds_the_fullest_name():
    found = speakers(
        f"{RAIN} a/AUX dit/VERB M./NOUN Martin/PROPN* ./PUNCT\n{KIRBY}",
        ("Il pleut", "M. Martin"),
    )
    assert found == ["Paul Martin"]


def test_a_shouted_surname_is_written_like_the_others():
    assert speakers(f"{RAIN} a/AUX dit/VERB Paul/PROPN MARTIN/PROPN* ./PUNCT", ("Il pleut", "Paul MARTIN")) == [
        "Paul Martin"
    ]


def test_a_name_keeps_its_particles():
    found = speakers(
        f"{RAIN} a/AUX dit/VERB Agnès/PROPN von/ADP der/ADP Muhl/PROPN* ./PUNCT\n"
        f"{SNOW} a/AUX ajouté/VERB Mme/NOUN von/ADP der/ADP Muhl/PROPN* ./PUNCT",
        ("Il pleut", "Agnès von der Muhl"),
        ("Il neige", "Mme von der Muhl"),
    )
    assert found == ["Agnès von der Muhl"] * 2


def test_two_people_with_one_surname_are_told_apart_by_title():
    text = (
        f"{RAIN} a/AUX dit/VERB Paul/PROPN Martin/PROPN* ./PUNCT\n"
        f"{SNOW} a/AUX dit/VERB Anne/PROPN Martin/PROPN* ./PUNCT\n"
        f"{WIND} a/AUX repris/VERB M./NOUN Martin/PROPN* ./PUNCT"
    )
    found = speakers(text, ("Il pleut", "Paul Martin"), ("Il neige", "Anne Martin"), ("Il vente", "M. Martin"))
    assert found == ["Paul Martin", "Anne Martin", "Paul Martin"]


@pytest.mark.parametrize(
    ("mention", "role"),
    [
        ("Paul/PROPN Martin/PROPN* ,/PUNCT maire/NOUN:m:s de/ADP Brest/PROPN ,/PUNCT", "maire de Brest"),
        ("le/DET:m:s maire/NOUN:m:s* de/ADP Brest/PROPN Paul/PROPN Martin/PROPN", "maire de Brest"),
        ("le/DET:m:s maire/NOUN:m:s* de/ADP Brest/PROPN ,/PUNCT Paul/PROPN Martin/PROPN", "maire de Brest"),
        ("l'/DET ancien/ADJ:m:s ministre/NOUN:m:s* Paul/PROPN Martin/PROPN", "ancien ministre"),
        ("Paul/PROPN Martin/PROPN* ,/PUNCT 45/NUM ans/NOUN:m:p ,/PUNCT boulanger/NOUN:m:s ,/PUNCT", "boulanger"),
    ],
)
def test_roles_are_read_beside_the_name(mention: str, role: str):
    [found] = resolved(f"{RAIN} a/AUX dit/VERB {mention} ./PUNCT", ("Il pleut", "Martin"))
    assert found.speaker is not None
    assert (found.speaker.name, found.speaker.kind, found.speaker.role) == ("Paul Martin", "person", role)


def test_a_bracket_gives_the_affiliation():
    [found] = resolved(
        f"{RAIN} a/AUX dit/VERB Paul/PROPN Martin/PROPN* (/PUNCT PRG/PROPN )/PUNCT ./PUNCT", ("Il pleut", "Martin")
    )
    assert found.speaker is not None
    assert found.speaker.affiliation == "PRG"


def test_a_role_in_front_of_a_comma_is_its_bearer():
    text = (
        f"{RAIN} a/AUX dit/VERB la/DET:f:s préfète/NOUN:f:s* du/ADP Nord/PROPN ,/PUNCT Anne/PROPN Petit/PROPN ./PUNCT"
    )
    [found] = resolved(text, ("Il pleut", "la préfète du Nord"))
    assert found.speaker is not None
    assert (found.speaker.name, found.rule) == ("Anne Petit", "role.apposition")


def test_a_known_role_means_its_holder():
    text = f"{KIRBY}\n{RAIN} a/AUX dit/VERB le/DET:m:s porte-parole/NOUN:m:s* ./PUNCT"
    [found] = resolved(text, ("Il pleut", "le porte-parole"))
    assert found.speaker is not None
    assert (found.speaker.name, found.rule) == ("Paul Martin", "role.known")


def test_one_office_has_several_names():
    text = (
        "La/DET:f:s Première/ADJ:f:s ministre/NOUN:f:s Anne/PROPN Petit/PROPN* est/AUX venue/VERB ./PUNCT\n"
        f"{RAIN} a/AUX dit/VERB la/DET:f:s cheffe/NOUN:f:s* du/ADP gouvernement/NOUN:m:s ./PUNCT"
    )
    assert speakers(text, ("Il pleut", "la cheffe du gouvernement")) == ["Anne Petit"]


def test_no_premier_ministre_is_called_the_minister():
    text = (
        "Le/DET:m:s ministre/NOUN:m:s du/ADP Travail/PROPN ,/PUNCT Luc/PROPN Blanc/PROPN* ,/PUNCT "
        "est/AUX venu/VERB ./PUNCT  "
        "Le/DET:m:s Premier/ADJ:m:s ministre/NOUN:m:s Paul/PROPN Martin/PROPN* est/AUX parti/VERB ./PUNCT\n"
        f"{RAIN} a/AUX dit/VERB le/DET:m:s ministre/NOUN:m:s* ./PUNCT"
    )
    assert speakers(text, ("Il pleut", "le ministre")) == ["Luc Blanc"]


def test_a_role_must_agree_in_gender():
    text = (
        "Paul/PROPN Martin/PROPN* ,/PUNCT député/NOUN:m:s de/ADP l'/DET Ain/PROPN ,/PUNCT est/AUX venu/VERB ./PUNCT  "
        "Anne/PROPN Petit/PROPN* ,/PUNCT députée/NOUN:f:s du/ADP Lot/PROPN ,/PUNCT est/AUX venue/VERB ./PUNCT\n"
        f"{RAIN} a/AUX dit/VERB le/DET:m:s député/NOUN:m:s* ./PUNCT"
    )
    assert speakers(text, ("Il pleut", "le député")) == ["Paul Martin"]


def test_a_general_noun_stands_for_an_office():
    text = (
        "Paul/PROPN Martin/PROPN* ,/PUNCT maire/NOUN:m:s de/ADP Brest/PROPN ,/PUNCT est/AUX venu/VERB ./PUNCT\n"
        f"{RAIN} a/AUX dit/VERB l'/DET élu/NOUN:m:s* ./PUNCT"
    )
    assert speakers(text, ("Il pleut", "l'élu")) == ["Paul Martin"]


def test_a_role_comes_before_the_name_it_belongs_to():
    text = (
        f"{RAIN} a/AUX dit/VERB un/DET:m:s porte-parole/NOUN:m:s* de/ADP la/DET:f:s Maison-Blanche/PROPN ./PUNCT\n"
        f"{SNOW} a/AUX déclaré/VERB Paul/PROPN Martin/PROPN* ,/PUNCT porte-parole/NOUN:m:s du/ADP Conseil/PROPN "
        "de/ADP sécurité/NOUN:f:s ./PUNCT"
    )
    first, _ = resolved(text, ("Il pleut", "un porte-parole de la Maison-Blanche"), ("Il neige", "Paul Martin"))
    assert first.speaker is not None
    assert (first.speaker.name, first.rule) == ("Paul Martin", "cataphora.role")


def test_an_unnamed_spokesman_stays_unnamed_where_nobody_is_named():
    text = f"{RAIN} a/AUX dit/VERB un/DET:m:s porte-parole/NOUN:m:s* de/ADP la/DET:f:s police/NOUN:f:s ./PUNCT"
    [found] = resolved(text, ("Il pleut", "un porte-parole de la police"))
    assert found.speaker is not None
    assert (found.speaker.name, found.speaker.kind) == ("un porte-parole de la police", "unnamed")


def test_a_minister_of_the_lead_is_the_bare_name_after_it():
    text = (
        f"{RAIN} a/AUX dit/VERB la/DET:f:s ministre/NOUN:f:s* de/ADP la/DET:f:s Santé/PROPN ./PUNCT\n"
        f"{SNOW} a/AUX déclaré/VERB Anne/PROPN Petit/PROPN* ./PUNCT"
    )
    first, second = resolved(text, ("Il pleut", "la ministre de la Santé"), ("Il neige", "Anne Petit"))
    assert first.speaker is not None
    assert second.speaker is not None
    assert first.speaker.name == second.speaker.name == "Anne Petit"
    assert second.speaker.role == "ministre de la Santé"


def test_a_bare_description_takes_up_who_is_in_play():
    text = (
        f"{RAIN} a/AUX dit/VERB Paul/PROPN Martin/PROPN* ./PUNCT\n"
        f"{SNOW} a/AUX ajouté/VERB le/DET:m:s sexagénaire/NOUN:m:s* ./PUNCT"
    )
    assert speakers(text, ("Il pleut", "Paul Martin"), ("Il neige", "le sexagénaire")) == ["Paul Martin"] * 2


def test_a_pronoun_continues_the_running_speaker():
    text = f"{RAIN} a/AUX dit/VERB Paul/PROPN Martin/PROPN* ./PUNCT\n{SNOW} a/AUX -t-il/PRON:m:s* ajouté/VERB ./PUNCT"
    _, second = resolved(text, ("Il pleut", "Paul Martin"), ("Il neige", "-t-il"))
    assert second.speaker is not None
    assert (second.speaker.name, second.rule) == ("Paul Martin", "pronoun.running-speaker")


def test_a_pronoun_passes_over_the_other_gender():
    text = (
        f"{RAIN} a/AUX dit/VERB Anne/PROPN Petit/PROPN* ./PUNCT\n"
        "Paul/PROPN Martin/PROPN* est/AUX venu/VERB ./PUNCT\n"
        f"{SNOW} a/AUX -t-elle/PRON:f:s* ajouté/VERB ./PUNCT"
    )
    assert speakers(text, ("Il pleut", "Anne Petit"), ("Il neige", "-t-elle")) == ["Anne Petit"] * 2


def test_a_new_subject_takes_the_pronoun():
    text = (
        f"{RAIN} a/AUX dit/VERB Paul/PROPN Martin/PROPN* ./PUNCT\n"
        "Luc/PROPN Blanc/PROPN* est/AUX arrivé/VERB ./PUNCT\n"
        f"{SNOW} a/AUX -t-il/PRON:m:s* lancé/VERB ./PUNCT"
    )
    assert speakers(text, ("Il pleut", "Paul Martin"), ("Il neige", "-t-il")) == ["Paul Martin", "Luc Blanc"]


def test_who_is_spoken_of_does_not_speak():
    text = (
        "On/PRON* a/AUX vu/VERB Paul/PROPN Martin/PROPN ./PUNCT\n"
        "«/PUNCT Luc/PROPN Blanc/PROPN* viendra/VERB »/PUNCT ,/PUNCT a/AUX -t-il/PRON:m:s* dit/VERB ./PUNCT"
    )
    assert speakers(text, ("Luc Blanc viendra", "-t-il")) == ["Paul Martin"]


def test_the_latter_is_who_was_mentioned_last():
    text = (
        "Paul/PROPN Martin/PROPN* a/AUX vu/VERB Luc/PROPN Blanc/PROPN ./PUNCT  "
        f"{RAIN} a/AUX dit/VERB ce/DET:m:s dernier/ADJ:m:s* ./PUNCT"
    )
    assert speakers(text, ("Il pleut", "ce dernier")) == ["Luc Blanc"]


def test_a_relative_pronoun_is_what_it_hangs_on():
    text = (
        "Luc/PROPN Blanc/PROPN a/AUX vu/VERB Paul/PROPN Martin/PROPN (/PUNCT PRG/PROPN )/PUNCT ,/PUNCT "
        "qui/PRON* a/AUX promis/VERB la/DET:f:s pluie/NOUN:f:s ./PUNCT"
    )
    assert speakers(text, ("la pluie", "qui")) == ["Paul Martin"]


def test_an_acronym_is_its_expansion():
    text = (
        "La/DET:f:s Fédération/NOUN:f:s* des/ADP boulangers/NOUN:m:p (/PUNCT FDB/PROPN )/PUNCT est/AUX là/ADV ./PUNCT\n"
        f"{RAIN} a/AUX dit/VERB la/DET:f:s FDB/PROPN* ./PUNCT"
    )
    [found] = resolved(text, ("Il pleut", "la FDB"))
    assert found.speaker is not None
    assert (found.speaker.name, found.speaker.kind) == ("la Fédération des boulangers (FDB)", "organisation")


def test_an_institution_is_called_by_its_fullest_name():
    text = (
        "Le/DET:m:s tribunal/NOUN:m:s* administratif/ADJ:m:s de/ADP Brest/PROPN siège/VERB ./PUNCT\n"
        f"{RAIN} a/AUX dit/VERB le/DET:m:s tribunal/NOUN:m:s* ./PUNCT"
    )
    assert speakers(text, ("Il pleut", "le tribunal")) == ["le tribunal administratif de Brest"]


def test_a_general_noun_takes_up_the_newspaper():
    text = (
        f"{RAIN} a/AUX écrit/VERB Le/DET:m:s Figaro/PROPN* ./PUNCT\n"
        f"{SNOW} a/AUX ajouté/VERB le/DET:m:s quotidien/NOUN:m:s* ./PUNCT"
    )
    assert speakers(text, ("Il pleut", "Le Figaro"), ("Il neige", "le quotidien")) == ["le Figaro"] * 2


def test_a_report_speaks_for_its_author():
    text = (
        "Selon/ADP un/DET:m:s rapport/NOUN:m:s de/ADP l'/DET ONU/PROPN ,/PUNCT "
        "la/DET:f:s pluie/NOUN:f:s* vient/VERB ./PUNCT"
    )
    [found] = resolved(text, ("la pluie vient", "un rapport de l'ONU"))
    assert found.speaker is not None
    assert (found.speaker.name, found.rule) == ("l'ONU", "document.author")


def test_an_unnamed_source_keeps_its_fullest_description():
    text = (
        f"{RAIN} a/AUX dit/VERB une/DET:f:s source/NOUN:f:s* policière/ADJ:f:s ./PUNCT\n"
        f"{SNOW} a/AUX ajouté/VERB cette/DET:f:s source/NOUN:f:s* ./PUNCT"
    )
    first, second = resolved(text, ("Il pleut", "une source policière"), ("Il neige", "cette source"))
    assert first.speaker == second.speaker
    assert first.speaker is not None
    assert (first.speaker.name, first.speaker.kind) == ("une source policière", "unnamed")


def test_this_source_is_the_institution_that_spoke_last():
    text = (
        f"{RAIN} a/AUX dit/VERB l'/DET Élysée/PROPN* ./PUNCT\n"
        f"{SNOW} a/AUX ajouté/VERB cette/DET:f:s source/NOUN:f:s* ./PUNCT"
    )
    assert speakers(text, ("Il pleut", "l'Élysée"), ("Il neige", "cette source")) == ["l'Élysée"] * 2


def test_a_possessive_is_spelt_out():
    text = (
        "Anne/PROPN Petit/PROPN* va/AUX mieux/ADV ./PUNCT\n"
        f"{RAIN} a/AUX dit/VERB son/DET:m:s entourage/NOUN:m:s* ./PUNCT"
    )
    assert speakers(text, ("Il pleut", "son entourage")) == ["l'entourage d'Anne Petit"]


def test_who_is_near_somebody_is_not_him():
    text = f"{RAIN} a/AUX dit/VERB un/DET:m:s proche/NOUN:m:s* de/ADP Paul/PROPN Martin/PROPN ./PUNCT"
    assert speakers(text, ("Il pleut", "un proche de Paul Martin")) == ["un proche de Paul Martin"]


def test_two_names_are_a_group():
    text = f"{RAIN} ont/AUX dit/VERB Paul/PROPN Martin/PROPN* et/CCONJ Luc/PROPN Blanc/PROPN ./PUNCT"
    [found] = resolved(text, ("Il pleut", "Paul Martin et Luc Blanc"))
    assert found.speaker is not None
    assert (found.speaker.name, found.speaker.kind) == ("Paul Martin et Luc Blanc", "group")


def test_an_impersonal_pronoun_is_the_place():
    text = "À/ADP Bercy/PROPN ,/PUNCT on/PRON* assure/VERB que/SCONJ la/DET:f:s pluie/NOUN:f:s* vient/VERB ./PUNCT"
    assert speakers(text, ("la pluie vient", "on")) == ["Bercy"]


def test_an_impersonal_pronoun_alone_is_nobody():
    text = "On/PRON* dit/VERB que/SCONJ la/DET:f:s pluie/NOUN:f:s* vient/VERB ./PUNCT"
    assert speakers(text, ("la pluie vient", "On")) == [None]


def test_a_floating_quote_takes_the_running_speaker():
    text = f"{RAIN} a/AUX dit/VERB Paul/PROPN Martin/PROPN* ./PUNCT  Il/PRON neige/VERB ./PUNCT"
    _, second = resolved(text, ("Il pleut", "Paul Martin"), ("Il neige", None))
    assert second.speaker is not None
    assert (second.speaker.name, second.rule) == ("Paul Martin", "floating.running-speaker")


def test_a_quote_that_opens_the_article_belongs_to_the_next_speaker():
    text = f"Il/PRON neige/VERB ./PUNCT\n{RAIN} a/AUX dit/VERB Paul/PROPN Martin/PROPN* ./PUNCT"
    assert speakers(text, ("Il neige", None), ("Il pleut", "Paul Martin")) == ["Paul Martin"] * 2


def test_a_followed_draft_gives_its_speaker():
    text = (
        f"{RAIN} a/AUX dit/VERB Paul/PROPN Martin/PROPN* ./PUNCT\n"
        f"{SNOW} a/AUX dit/VERB Anne/PROPN Petit/PROPN* ./PUNCT\nIl/PRON vente/VERB ./PUNCT"
    )
    article, parse = parsed(text)
    first = draft(article.text, "Il pleut", "Paul Martin")
    second = draft(article.text, "Il neige", "Anne Petit")
    third = Draft("direct", draft(article.text, "Il vente", None).spans, None, None, "test", 1.0, follows=0)
    found = resolve([first, second, third], article, parse, FRENCH)
    assert found[2].speaker == found[0].speaker


def test_a_thing_does_not_speak():
    text = (
        f"{RAIN} a/AUX dit/VERB Paul/PROPN Martin/PROPN* ./PUNCT\n"
        f"{SNOW} dit/VERB la/DET:f:s chaussure/NOUN:f:s* ./PUNCT"
    )
    found = resolved(text, ("Il pleut", "Paul Martin"), ("Il neige", "la chaussure"))
    assert [r.speaker.name for r in found if r.speaker] == ["Paul Martin"] * 2
    assert found[1].confidence < found[0].confidence


def test_an_article_in_front_makes_no_person_whatever_the_tagger_says():
    [found] = resolved(f"{RAIN} a/AUX dit/VERB le/DET:m:s Hamas/PROPN^* ./PUNCT", ("Il pleut", "le Hamas"))
    assert found.speaker is not None
    assert (found.speaker.name, found.speaker.kind) == ("le Hamas", "organisation")


def test_the_tagger_knows_people_whose_names_tell_nothing():
    [found] = resolved(f"{RAIN} a/AUX dit/VERB Xyzar/PROPN^* ./PUNCT", ("Il pleut", "Xyzar"))
    assert found.speaker is not None
    assert found.speaker.kind == "person"


def test_the_cast_holds_everybody_once():
    article, parse = parsed(f"{KIRBY}\nM./NOUN Martin/PROPN* est/AUX parti/VERB ./PUNCT")
    people = [e for e in build_cast(article, parse, FRENCH).entities if e.kind == "person"]
    assert [e.name for e in people] == ["Paul Martin"]
    assert people[0].forms == {"Paul Martin", "M. Martin"}


def test_an_empty_article_has_no_cast():
    assert resolve([], Article(""), Parse(()), FRENCH) == []
    unknown = Draft("direct", (Span(0, 1),), None, None, "test", 1.0, True)
    assert resolve([unknown], Article("x"), Parse(()), FRENCH)[0].speaker is None
