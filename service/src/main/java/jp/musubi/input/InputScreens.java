package jp.musubi.input;

import jakarta.servlet.http.HttpServletRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import jp.musubi.contract.Refusal;
import jp.musubi.contract.StepRefused;
import jp.musubi.platform.web.Book;
import jp.musubi.platform.web.Crumb;
import jp.musubi.platform.web.Field;
import jp.musubi.platform.web.Form;
import jp.musubi.platform.web.Option;
import jp.musubi.platform.web.Text;
import jp.musubi.platform.web.UserAgent;
import jp.musubi.staff.StaffMember;
import org.jspecify.annotations.Nullable;

/** What the pages about 入力項目 have in common. */
final class InputScreens {
  private InputScreens() {}

  /** Lets only drafts pass: what left the house stays as it is. */
  static InputSheet draft(InputSheet sheet) {
    if (!sheet.contract().state().equals("DRAFT")) {
      throw new StepRefused(new Refusal.NotInThisState(sheet.contract().state()));
    }
    return sheet;
  }

  static List<Crumb> crumbs(Book book, InputSheet sheet, List<Crumb> further) {
    var path = "/contracts/" + sheet.contract().id();
    var all =
        new ArrayList<>(
            List.of(
                book.crumb("contract.crumb.home", "/"),
                book.crumb("contract.list.heading", "/contracts"),
                new Crumb(sheet.contract().title(), path),
                book.crumb("input.fields", path + "/fields")));
    all.addAll(further);
    return all;
  }

  /** A clerk at work, who fills in for the body. */
  static Inputs.By by(StaffMember clerk, InputSheet sheet, HttpServletRequest request) {
    var parties = sheet.contract().parties();
    return new Inputs.By(
        clerk.actor(),
        (parties.isEmpty() ? "" : parties.getFirst().organisation() + " ") + clerk.name(),
        Optional.empty(),
        request.getRemoteAddr(),
        UserAgent.of(request));
  }

  /**
   * Fields as a form asks them.
   *
   * @param typed by the names of their inputs; null before anybody has typed
   */
  static List<Field> asked(
      InputSheet sheet,
      List<InputField> fields,
      @Nullable Map<String, String> typed,
      Map<String, Text> wrong,
      Book book) {
    return fields.stream()
        .map(field -> {
          var kind = field.kind().name().name().toLowerCase(Locale.ROOT);
          var plain =
              Field.called(field.input(), "input.outside.value", field.label(), field.mandatory())
                  .hinted("input.outside.hint." + kind)
                  .with(typed == null ? shown(field, sheet) : typed.getOrDefault(field.input(), ""))
                  .wrong(wrong.get(field.input()));
          return switch (field.kind()) {
            case InputKind.Text(var most) ->
                plain.drawn(new Field.Look("text", "off", null, null, null, most * 8, null));
            case InputKind.Figure _ ->
                plain.drawn(new Field.Look("text", "off", "numeric", "medium", null, 40, null));
            case InputKind.Day _ -> plain.drawn(Form.DAY);
            case InputKind.Tick _ -> plain.drawn(Form.TICK);
            case InputKind.Choice(var choices) -> {
              var options = new ArrayList<Option>();
              options.add(new Option("", book.shown("input.outside.choose")));
              choices.forEach(each -> options.add(new Option(each, each)));
              yield plain.offering(options);
            }
          };
        })
        .toList();
  }

  /** What stands, or else what is proposed. */
  private static String shown(InputField field, InputSheet sheet) {
    var kept = sheet.value(field).map(InputValue::text).orElse(field.prefilled());
    return field.kind() instanceof InputKind.Day || field.kind() instanceof InputKind.Figure
        ? field.drawn(kept)
        : kept;
  }
}
