package jp.musubi.seal.validation;

import static jp.musubi.seal.validation.Attack.invalid;

import java.util.List;

/**
 * Shadow attacks (hide, replace, hide-and-replace): the file is prepared before it is sealed, and
 * switched afterwards. Each prepared file is sealed and archived by the engine, then switched.
 */
final class PreparedAttacks {
  private static final String CHANGED = "changed-after-signing";
  private static final int WAITING = 800;
  private static final String OTHER = AppendedAttacks.stream("0 0 999 999 re f");

  private PreparedAttacks() {}

  /** What is written behind the unsigned or the sealed file. */
  private interface Update {
    byte[] of(Appending appending, Specimen.Parts parts);
  }

  private static Attack shadow(String name, Update preparation, Update turn) {
    return shadow(name, CHANGED, preparation, turn);
  }

  private static Attack shadow(String name, String reason, Update preparation, Update turn) {
    return invalid(
        "shadow",
        name,
        reason,
        specimen -> {
          var prepared = specimen.revision(0);
          var trap = preparation.of(Appending.to(prepared), Specimen.parts(prepared));
          var sealed = specimen.sealed(trap);
          return turn.of(Appending.to(sealed), Specimen.parts(sealed));
        });
  }

  static List<Attack> all() {
    return List.of(
        shadow(
            "hide: an annotation over the text, taken away",
            (a, p) ->
                a.object(WAITING, "<< /Type /Annot /Subtype /Square /Rect [0 0 500 500] >>")
                    .changed(p.page(), "/Annots [", "/Annots [%d 0 R ".formatted(WAITING))
                    .done(),
            (a, p) -> a.changed(p.page(), "/Annots [", "/Annots [null ").done()),
        shadow(
            "hide: a picture over the text, exchanged for nothing",
            (a, p) -> {
              var content = WAITING;
              return a.object(content, OTHER)
                  .changed(
                      p.page(),
                      "/Contents %d 0 R".formatted(p.contents()),
                      "/Contents [%d 0 R %d 0 R]".formatted(p.contents(), content))
                  .done();
            },
            (a, p) -> a.object(WAITING, AppendedAttacks.stream("")).done()),
        shadow(
            "replace: a text field's value",
            (a, p) ->
                a.object(
                        WAITING,
                        "<< /Type /Annot /Subtype /Widget /FT /Tx /T (x) /V (1) /Rect [0 0 9 9] >>")
                    .changed(p.page(), "/Annots [", "/Annots [%d 0 R ".formatted(WAITING))
                    .done(),
            (a, p) -> a.changed(WAITING, "/V (1)", "/V (2)").done()),
        shadow(
            "replace: the font",
            (a, p) -> a.object(a.next(), "null").done(),
            (a, p) -> a.changed(p.font(), "/Type0", "/Type3").done()),
        shadow(
            "hide and replace: a page content that only comes later, with the validation data",
            (a, p) ->
                a.changed(
                        p.page(),
                        "/Contents %d 0 R".formatted(p.contents()),
                        "/Contents [%d 0 R 900 0 R]".formatted(p.contents()))
                    .done(),
            (a, p) ->
                a.changed(store(a, p), "/OCSPs [", "/OCSPs [900 0 R ").object(900, OTHER).done()),
        shadow(
            "hide and replace: a second document that waits",
            "signature-malformed",
            (a, p) -> {
              var next = WAITING;
              return a.object(next, "<< /Type /Catalog /Pages %d 0 R >>".formatted(next + 1))
                  .object(next + 1, "<< /Type /Pages /Count 0 /Kids [] >>")
                  .done();
            },
            (a, p) -> a.object(a.next(), "null").done(WAITING + " 0 R", "/Prev " + a.previous())),
        shadow(
            "hide and replace: page contents that stand among the validation data, too",
            (a, p) -> {
              var next = a.next();
              return a.object(next, "[%d 0 R]".formatted(p.contents()))
                  .changed(
                      p.page(),
                      "/Contents %d 0 R".formatted(p.contents()),
                      "/Contents %d 0 R".formatted(next))
                  .with(
                      p.catalog(),
                      "/DSS << /Type /DSS /VRI << /X << /Cert %d 0 R >> >> >>".formatted(next))
                  .done();
            },
            (a, p) ->
                a.object(a.next(), OTHER)
                    .object(contents(a, p), "[%d 0 R]".formatted(a.next()))
                    .done()));
  }

  private static int contents(Appending a, Specimen.Parts parts) {
    return first(a.body(parts.page()), "/Contents\\s*(\\d+)");
  }

  private static int store(Appending a, Specimen.Parts parts) {
    return first(a.body(parts.catalog()), "/DSS\\s*(\\d+)");
  }

  private static int first(String text, String pattern) {
    var found = java.util.regex.Pattern.compile(pattern).matcher(text);
    if (!found.find()) {
      throw new IllegalStateException("no " + pattern + " in " + text);
    }
    return Integer.parseInt(found.group(1));
  }
}
