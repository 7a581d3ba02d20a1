package jp.musubi.seal.validation;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Objects are numbered as {@link SmallPdf} says; what an update adds begins with 40. */
@DisplayName("版と版のあいだで許される変更")
class ChangesTest {
  private static final String SIG = "<< /Type /Sig /ByteRange [0 1 2 3] /Contents <00> >>";
  private static final String STAMP = "<< /Type /DocTimeStamp /ByteRange [0 1 2 3] >>";
  private static final String EMPTY = SmallPdf.stream("/Subtype /Form", "");
  private static final String DATA = SmallPdf.stream("abc");

  /** A file, what is written behind it, and all that may not have changed. */
  record Case(String name, SmallPdf file, UnaryOperator<Appending> update, List<String> said) {
    @Override
    public String toString() {
      return name;
    }
  }

  private static Case said(
      String name, SmallPdf file, UnaryOperator<Appending> update, String... said) {
    return new Case(name, file, update, List.of(said));
  }

  private static Case said(String name, UnaryOperator<Appending> update, String... said) {
    return said(name, SmallPdf.contract(), update, said);
  }

  static Stream<Case> signatures() {
    return Stream.of(
        said("nothing", a -> a.object(6, a.body(6))),
        said("a field is filled", a -> a.object(40, SIG).with(6, "/V 40 0 R")),
        said(
            "and shows something",
            a -> a.object(40, SIG).object(41, DATA).with(6, "/V 40 0 R /AP << /N 41 0 R >>")),
        said(
            "by an appearance of its own",
            a ->
                a.object(40, SIG)
                    .object(41, DATA)
                    .object(42, "<< /N 41 0 R >>")
                    .with(6, "/V 40 0 R /AP 42 0 R")),
        said(
            "an appearance that rolls over",
            a ->
                a.object(40, SIG)
                    .object(41, DATA)
                    .with(6, "/V 40 0 R /AP << /N 41 0 R /R 41 0 R >>"),
            "a signature field's /AP changed",
            "object 41 was added"),
        said(
            "an appearance of states",
            a ->
                a.object(40, SIG)
                    .object(41, DATA)
                    .with(6, "/V 40 0 R /AP << /N << /On 41 0 R >> >>"),
            "a signature field's /AP changed",
            "object 41 was added"),
        said(
            "an appearance that is a stream",
            a ->
                a.object(40, SIG)
                    .object(41, SmallPdf.stream("/N 41 0 R", ""))
                    .with(6, "/V 40 0 R /AP 41 0 R"),
            "a signature field's /AP changed",
            "object 41 was added"),
        said(
            "an appearance alone",
            a -> a.object(41, DATA).with(6, "/AP << /N 41 0 R >>"),
            "a signature field's /AP changed",
            "object 41 was added"),
        said(
            "a value that is no signature",
            a -> a.object(40, "<< /Type /Sig >>").with(6, "/V 40 0 R"),
            "a signature field's /V changed",
            "object 40 was added"),
        said(
            "a value of another type",
            a -> a.object(40, SIG.replace("/Sig", "/Sag")).with(6, "/V 40 0 R"),
            "a signature field's /V changed",
            "object 40 was added"),
        said(
            "a value that is a stream",
            a ->
                a.object(40, SmallPdf.stream("/Type /Sig /ByteRange [0 1 2 3]", ""))
                    .with(6, "/V 40 0 R"),
            "a signature field's /V changed",
            "object 40 was added"),
        said("a text as value", a -> a.with(6, "/V (signed)"), "a signature field's /V changed"),
        said(
            "a field moved",
            a -> a.changed(6, "/Rect [0 0 0 0]", "/Rect [0 0 9 9]"),
            "a signature field's /Rect changed"),
        said(
            "a field's flags",
            a -> a.changed(6, "/F 132", "/F 2"),
            "a signature field's /F changed"),
        said(
            "a signature exchanged",
            SmallPdf.contract().with(20, SIG).replaced(6, "/F 132", "/F 132 /V 20 0 R"),
            a -> a.object(40, SIG).changed(6, "/V 20 0 R", "/V 40 0 R"),
            "a signature field's /V changed",
            "object 40 was added"),
        said(
            "a signature taken away",
            SmallPdf.contract().with(20, SIG).replaced(6, "/F 132", "/F 132 /V 20 0 R"),
            a -> a.changed(6, "/V 20 0 R", ""),
            "a signature field's /V changed"),
        said(
            "a text field's value",
            SmallPdf.contract().replaced(6, "/Sig", "/Tx"),
            a -> a.object(40, SIG).with(6, "/V 40 0 R"),
            "object 6 changed",
            "object 40 was added"),
        said(
            "an inherited signature field",
            SmallPdf.contract()
                .with(FIELDS, "[20 0 R]")
                .with(20, "<< /FT /Sig /Kids [6 0 R] >>")
                .replaced(6, "/FT /Sig", ""),
            a -> a.object(40, SIG).with(6, "/V 40 0 R"),
            "object 6 changed",
            "object 40 was added"));
  }

  private static final int FIELDS = SmallPdf.FIELDS;

  private static Appending stamped(Appending a, String field) {
    return a.object(40, STAMP)
        .object(
            41,
            "<< /Type /Annot /Subtype /Widget /FT /Sig /T (t) /P 3 0 R /V 40 0 R " + field + " >>")
        .object(7, "[6 0 R 41 0 R]")
        .object(8, "[6 0 R 41 0 R]");
  }

  private static Case refusedStamp(String name, UnaryOperator<Appending> update) {
    return said(
        name,
        update,
        "something was added to /Fields",
        "something was added to /Annots",
        "object 40 was added",
        "object 41 was added");
  }

  static Stream<Case> timestamps() {
    return Stream.of(
        said("a timestamp", a -> stamped(a, "/Rect [0 0 0 0]")),
        said("without place", a -> stamped(a, "")),
        said("with an empty picture", a -> stamped(a.object(42, EMPTY), "/AP << /N 42 0 R >>")),
        refusedPicture("with a picture", a -> stamped(a.object(42, DATA), "/AP << /N 42 0 R >>")),
        refusedPicture(
            "with two pictures",
            a -> stamped(a.object(42, EMPTY), "/AP << /N 42 0 R /D 42 0 R >>")),
        refusedStamp("with a width", a -> stamped(a, "/Rect [0 0 9 0]")),
        refusedStamp("with a height", a -> stamped(a, "/Rect [0 0 0 9]")),
        refusedStamp("with a rectangle of three", a -> stamped(a, "/Rect [0 0 0]")),
        refusedStamp("with an action", a -> stamped(a, "/A << /S /URI >>")),
        refusedStamp("a signature", a -> stamped(a, "").object(40, SIG)),
        refusedStamp(
            "a text field", a -> stamped(a, "").object(41, "<< /FT /Tx /V 40 0 R /P 3 0 R >>")),
        refusedStamp("no value", a -> stamped(a, "").object(41, "<< /FT /Sig /P 3 0 R >>")),
        said(
            "a field that was there",
            SmallPdf.contract().with(20, "<< /FT /Sig /V 21 0 R >>").with(21, STAMP),
            a -> a.object(7, "[6 0 R 20 0 R]"),
            "something was added to /Fields"),
        said(
            "a field that is no object",
            a -> a.object(7, "[6 0 R << /FT /Sig /V << /Type /DocTimeStamp >> >>]"),
            "something was added to /Fields"),
        said(
            "a field more, the form's fields anew",
            a ->
                a.object(40, STAMP)
                    .object(41, "<< /FT /Sig /T (t) /V 40 0 R >>")
                    .object(42, "[6 0 R 41 0 R]")
                    .changed(5, "/Fields 7 0 R", "/Fields 42 0 R")),
        said(
            "a field less, the form's fields anew",
            a -> a.object(42, "[]").changed(5, "/Fields 7 0 R", "/Fields 42 0 R"),
            "/Fields changed"),
        said("a field taken away", a -> a.object(7, "[]"), "/Fields changed"),
        said("a field exchanged", a -> a.object(7, "[3 0 R]"), "/Fields changed"),
        said("the fields another thing", a -> a.object(7, "<< >>"), "object 7 changed"),
        said("an annotation taken away", a -> a.object(8, "[]"), "object 8 changed"),
        said(
            "an annotation exchanged",
            SmallPdf.contract().with(20, "<< /P 3 0 R >>"),
            a -> a.object(8, "[20 0 R]"),
            "/Annots changed"),
        said(
            "annotations of no page",
            SmallPdf.contract().replaced(6, "/P 3 0 R", "/P 2 0 R"),
            a -> a.object(8, "[6 0 R 6 0 R]"),
            "object 8 changed"),
        said(
            "annotations of another page",
            SmallPdf.contract()
                .with(20, "<< /Type /Page /Annots [] >>")
                .replaced(6, "/P 3 0 R", "/P 20 0 R"),
            a -> a.object(8, "[6 0 R 6 0 R]"),
            "object 8 changed"),
        said(
            "annotations of no object",
            SmallPdf.contract().replaced(6, "/P 3 0 R", ""),
            a -> a.object(8, "[6 0 R 6 0 R]"),
            "object 8 changed"),
        said(
            "some array",
            SmallPdf.contract().with(20, "[1 2]"),
            a -> a.object(20, "[1 3]"),
            "object 20 changed"),
        said(
            "a page's first annotations",
            SmallPdf.contract().replaced(3, "/Annots 8 0 R", ""),
            a ->
                a.object(40, STAMP)
                    .object(41, "<< /FT /Sig /T (t) /V 40 0 R >>")
                    .object(7, "[6 0 R 41 0 R]")
                    .with(3, "/Annots [41 0 R]")),
        said(
            "a page's own annotations",
            SmallPdf.contract().replaced(3, "/Annots 8 0 R", "/Annots [6 0 R]"),
            a ->
                a.object(40, STAMP)
                    .object(41, "<< /FT /Sig /T (t) /V 40 0 R >>")
                    .object(7, "[6 0 R 41 0 R]")
                    .changed(3, "/Annots [6 0 R]", "/Annots [6 0 R 41 0 R]")),
        said(
            "a page's annotations taken away",
            a -> a.changed(3, "/Annots 8 0 R", ""),
            "/Annots changed"),
        said(
            "a page's size",
            a -> a.changed(3, "[0 0 9 9]", "[0 0 9 8]"),
            "the page in object 3 changed its /MediaBox"),
        said(
            "a page's content",
            a -> a.object(4, SmallPdf.stream("0 0 1 1 re S")),
            "object 4 changed"),
        said(
            "a stream's entry",
            a -> a.object(4, SmallPdf.stream("/X 1", "0 0 1 1 re f")),
            "object 4 changed"),
        said("a page that becomes an array", a -> a.object(3, "[]"), "object 3 changed"),
        said("a stream that becomes a dictionary", a -> a.object(4, "<< >>"), "object 4 changed"),
        said("a dictionary that becomes a stream", a -> a.object(3, DATA), "object 3 changed"),
        said("the page tree", a -> a.with(2, "/X 1"), "object 2 changed"),
        said("an object on nothing", a -> a.object(40, "null"), "object 40 was added"),
        said("a stream on nothing", a -> a.object(40, DATA), "object 40 was added"));
  }

  private static Case refusedPicture(String name, UnaryOperator<Appending> update) {
    return said(
        name,
        update,
        "something was added to /Fields",
        "something was added to /Annots",
        "object 40 was added",
        "object 41 was added",
        "object 42 was added");
  }

  static Stream<Case> forms() {
    var inline =
        SmallPdf.contract()
            .replaced(1, "/AcroForm 5 0 R", "/AcroForm << /Fields [6 0 R] /SigFlags 1 >>");
    return Stream.of(
        said("flags raised", a -> a.changed(5, "/SigFlags 1", "/SigFlags 3")),
        said(
            "flags changed within",
            SmallPdf.contract().replaced(5, "/SigFlags 1", "/SigFlags 2"),
            a -> a.changed(5, "/SigFlags 2", "/SigFlags 2 /DA 1"),
            "the form's /DA changed"),
        said(
            "flags from two to three",
            SmallPdf.contract().replaced(5, "/SigFlags 1", "/SigFlags 2"),
            a -> a.changed(5, "/SigFlags 2", "/SigFlags 3")),
        said(
            "flags to one",
            SmallPdf.contract().replaced(5, "/SigFlags 1", "/SigFlags 0"),
            a -> a.changed(5, "/SigFlags 0", "/SigFlags 1")),
        said(
            "flags lowered",
            SmallPdf.contract().replaced(5, "/SigFlags 1", "/SigFlags 3"),
            a -> a.changed(5, "/SigFlags 3", "/SigFlags 2"),
            "the form's /SigFlags changed"),
        said(
            "flags too high",
            a -> a.changed(5, "/SigFlags 1", "/SigFlags 4"),
            "the form's /SigFlags changed"),
        said("flags gone", a -> a.changed(5, "/SigFlags 1", ""), "the form's /SigFlags changed"),
        said(
            "flags of nothing",
            SmallPdf.contract().replaced(5, "/SigFlags 1", ""),
            a -> a.with(5, "/SigFlags 0"),
            "the form's /SigFlags changed"),
        said(
            "flags for the first time",
            SmallPdf.contract().replaced(5, "/SigFlags 1", ""),
            a -> a.with(5, "/SigFlags 1")),
        said(
            "appearances to be made anew",
            a -> a.with(5, "/NeedAppearances true"),
            "the form's /NeedAppearances changed"),
        said(
            "fields another array",
            a -> a.object(40, "[6 0 R]").changed(5, "/Fields 7 0 R", "/Fields 40 0 R")),
        said(
            "fields that are none",
            a -> a.changed(5, "/Fields 7 0 R", "/Fields 6 0 R"),
            "/Fields changed"),
        said(
            "a form in the catalog",
            inline,
            a ->
                a.object(40, STAMP)
                    .object(41, "<< /FT /Sig /V 40 0 R >>")
                    .changed(1, "/Fields [6 0 R]", "/Fields [6 0 R 41 0 R]")),
        said(
            "a form in the catalog, otherwise",
            inline,
            a -> a.changed(1, "/SigFlags 1", "/SigFlags 1 /XFA (x)"),
            "the form's /XFA changed"),
        said(
            "a form that becomes an object",
            inline,
            a ->
                a.object(40, "<< /Fields [6 0 R] /SigFlags 3 >>")
                    .changed(1, "/AcroForm << /Fields [6 0 R] /SigFlags 1 >>", "/AcroForm 40 0 R"),
            "the catalog's /AcroForm changed",
            "object 40 was added"),
        said(
            "no form any more",
            inline,
            a -> a.changed(1, "/AcroForm << /Fields [6 0 R] /SigFlags 1 >>", ""),
            "the catalog's /AcroForm changed"),
        said(
            "a form exchanged",
            a -> a.object(40, a.body(5)).changed(1, "/AcroForm 5 0 R", "/AcroForm 40 0 R"),
            "the catalog's /AcroForm changed",
            "object 40 was added"),
        said(
            "an action at opening",
            a -> a.with(1, "/OpenAction 3 0 R"),
            "the catalog's /OpenAction changed"),
        said(
            "first permissions",
            a -> a.object(40, SIG).with(6, "/V 40 0 R").with(1, "/Perms << /DocMDP 40 0 R >>")),
        said(
            "permissions as an object",
            a ->
                a.object(41, "<< /DocMDP 40 0 R >>")
                    .object(40, SIG)
                    .with(6, "/V 40 0 R")
                    .with(1, "/Perms 41 0 R")),
        said(
            "other permissions",
            a -> a.with(1, "/Perms << /UR3 6 0 R >>"),
            "the catalog's /Perms changed"),
        said(
            "permissions of nothing", a -> a.with(1, "/Perms (x)"), "the catalog's /Perms changed"),
        said(
            "permissions again",
            SmallPdf.contract().replaced(1, "/AcroForm", "/Perms << /DocMDP 6 0 R >> /AcroForm"),
            a -> a.changed(1, "/DocMDP 6 0 R", "/DocMDP 5 0 R"),
            "the catalog's /Perms changed"),
        said("information", a -> a.object(40, "<< /Title (x) >>"), "object 40 was added"));
  }

  private static SmallPdf stored() {
    return SmallPdf.contract()
        .replaced(1, "/AcroForm", "/DSS 20 0 R /AcroForm")
        .with(20, "<< /Type /DSS /Certs 21 0 R /OCSPs [22 0 R] /VRI 23 0 R >>")
        .with(21, "[24 0 R]")
        .with(22, SmallPdf.stream("ocsp"))
        .with(23, "<< /Type /VRI /ABC 25 0 R >>")
        .with(24, SmallPdf.stream("cert"))
        .with(25, "<< /Cert 26 0 R >>")
        .with(26, "[24 0 R]");
  }

  static Stream<Case> stores() {
    var removed = "validation data were removed";
    var other = "the store of validation data holds something else";
    return Stream.of(
        said(
            "a first store",
            a ->
                a.object(
                        40,
                        "<< /Certs [41 0 R] /CRLs [41 0 R] /VRI << /X << /OCSP [41 0 R] /TU (D:2026) >> >> >>")
                    .object(41, DATA)
                    .with(1, "/DSS 40 0 R")),
        said(
            "a first store within the catalog",
            a -> a.object(41, DATA).with(1, "/DSS << /Certs [41 0 R] >>")),
        said(
            "a store with more",
            a ->
                a.object(41, DATA)
                    .object(40, "<< /Certs [41 0 R] /Font 41 0 R >>")
                    .with(1, "/DSS 40 0 R"),
            "the store of validation data holds /Font"),
        said("a store of texts", a -> a.with(1, "/DSS << /Certs [(x)] >>"), other),
        said(
            "a store of dictionaries",
            a -> a.object(41, "<< >>").with(1, "/DSS << /Certs [41 0 R] >>"),
            other),
        said(
            "a store that is a stream",
            a -> a.object(40, SmallPdf.stream("/Certs []", "")).with(1, "/DSS 40 0 R"),
            "the store of validation data was removed"),
        said(
            "certificates that are no list",
            a -> a.object(41, DATA).with(1, "/DSS << /Certs 41 0 R >>"),
            removed),
        said(
            "relations that are a stream",
            a -> a.object(41, DATA).with(1, "/DSS << /VRI 41 0 R >>"),
            removed),
        said("a relation that is none", a -> a.with(1, "/DSS << /VRI << /X (x) >> >>"), other),
        said(
            "a relation that is a stream",
            a -> a.object(41, DATA).with(1, "/DSS << /VRI << /X 41 0 R >> >>"),
            other),
        said("a relation with more", a -> a.with(1, "/DSS << /VRI << /X << /Y 1 >> >> >>"), other),
        said("an entry more", stored(), a -> a.object(40, DATA).object(21, "[24 0 R 40 0 R]")),
        said("an entry less", stored(), a -> a.object(21, "[]"), removed),
        said("an entry as a copy", stored(), a -> a.object(40, a.body(24)).object(21, "[40 0 R]")),
        said(
            "an entry exchanged",
            stored(),
            a -> a.object(40, DATA).object(21, "[40 0 R]"),
            removed),
        said("a list that becomes something else", stored(), a -> a.object(21, "<< >>"), removed),
        said("an entry written anew", stored(), a -> a.object(24, DATA), "object 24 changed"),
        said(
            "another list",
            stored(),
            a -> a.object(40, "[24 0 R]").changed(20, "/Certs 21 0 R", "/Certs 40 0 R")),
        said("a list left out", stored(), a -> a.changed(20, "/Certs 21 0 R", ""), removed),
        said(
            "a list of another kind", stored(), a -> a.object(40, DATA).with(20, "/CRLs [40 0 R]")),
        said(
            "no store any more",
            stored(),
            a -> a.changed(1, "/DSS 20 0 R", ""),
            "the store of validation data was removed"),
        said(
            "another store",
            stored(),
            a -> a.object(40, a.body(20)).changed(1, "/DSS 20 0 R", "/DSS 40 0 R")),
        said(
            "a smaller store",
            stored(),
            a -> a.object(40, "<< >>").changed(1, "/DSS 20 0 R", "/DSS 40 0 R"),
            removed,
            removed,
            removed),
        said(
            "a store that becomes something else",
            stored(),
            a -> a.object(20, "[]"),
            "the store of validation data was removed"),
        said("a relation more", stored(), a -> a.with(23, "/DEF << /Cert [24 0 R] >>")),
        said("a relation less", stored(), a -> a.changed(23, "/ABC 25 0 R", ""), removed),
        said("relations that become something else", stored(), a -> a.object(23, "(x)"), removed),
        said("relations left out", stored(), a -> a.changed(20, "/VRI 23 0 R", ""), removed),
        said(
            "a relation's entry more",
            stored(),
            a -> a.object(40, DATA).with(25, "/OCSP [40 0 R]")),
        said("a relation of something else", stored(), a -> a.with(25, "/Font 1"), other),
        said(
            "a relation's list more",
            stored(),
            a -> a.object(40, DATA).object(26, "[24 0 R 40 0 R]")),
        said("a relation's list less", stored(), a -> a.object(26, "[]"), removed),
        said(
            "a list that is the page's contents, too",
            stored().replaced(3, "/Contents 4 0 R", "/Contents 21 0 R"),
            a -> a.object(40, DATA).object(21, "[24 0 R 40 0 R]"),
            "object 21 is not the store's alone and changed",
            "object 40 was added"),
        said(
            "an object the page waited for",
            stored().replaced(3, "/Contents 4 0 R", "/Contents [4 0 R 40 0 R]"),
            a -> a.object(40, DATA).object(21, "[24 0 R 40 0 R]"),
            "signed content waited for object 40"),
        said(
            "an object only the store waited for",
            stored().with(21, "[24 0 R 40 0 R]"),
            a -> a.object(40, DATA).object(21, "[24 0 R 40 0 R 24 0 R]")));
  }

  static Stream<Case> trailers() {
    var named =
        SmallPdf.contract().with(20, "<< /Title (x) >>").trailer("/Info 20 0 R /ID [<01> <02>]");
    return Stream.of(
        ended("the same", named, "/Info 20 0 R /ID [<01> <02>]"),
        ended("a later id", named, "/Info 20 0 R /ID [<01> <03>]"),
        ended("another id", named, "/Info 20 0 R /ID [<03> <02>]", "the trailer's /ID changed"),
        ended("an id for the first time", SmallPdf.contract(), "/ID [<01> <02>]"),
        ended("an id after an empty one", SmallPdf.contract().trailer("/ID []"), "/ID [<01> <02>]"),
        ended(
            "other information",
            named,
            "/Info 3 0 R /ID [<01> <02>]",
            "the trailer's /Info changed"),
        said(
            "a number given out a second time",
            a -> a.object(4, 1, "null"),
            "object 4 was given out a second time",
            "object 4 was added"),
        said(
            "a number of another generation",
            a -> a.object(40, 1, "null"),
            "object 40 was given out a second time",
            "object 40 was added"));
  }

  private static Case ended(String name, SmallPdf file, String trailer, String... said) {
    return said(name, file, a -> a.raw("%TRAILER " + trailer), said);
  }

  @ParameterizedTest
  @MethodSource({"trailers", "signatures", "timestamps", "forms", "stores"})
  @DisplayName("許される変更だけを許し、ほかは何が変わったかを言う")
  void tellsWhatMayNotHaveChanged(Case each) throws IOException {
    var base = each.file().bytes();
    var whole = done(base, each.update());
    try (var before = Validator.parse(Content.of(whole), base.length);
        var after = Validator.parse(Content.of(whole), whole.length)) {
      assertThat(Changes.between(before, after, Links.of(before)))
          .containsExactlyInAnyOrderElementsOf(each.said());
    }
  }

  private static byte[] done(byte[] base, UnaryOperator<Appending> update) {
    var appending = update.apply(Appending.to(base));
    var text = new String(appending.bytes(), java.nio.charset.StandardCharsets.ISO_8859_1);
    var trailer = text.indexOf("%TRAILER ");
    return trailer < 0
        ? appending.done()
        : Appending.to(base)
            .object(4, appending.body(4))
            .done("1 0 R", text.substring(trailer + 9) + " /Prev " + appending.previous());
  }
}
