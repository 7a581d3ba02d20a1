package jp.musubi.input;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import jp.musubi.contract.Party;
import jp.musubi.platform.JapaneseDates;
import jp.musubi.platform.web.Field;
import jp.musubi.platform.web.Text;
import org.springframework.stereotype.Component;

/** Puts the page of 入力項目 together, and its pictures. */
@Component
class InputPages {
  private final InputRequests requests;
  private final Placing placing;

  InputPages(InputRequests requests, Placing placing) {
    this.requests = requests;
    this.placing = placing;
  }

  /**
   * The page.
   *
   * @param typed places as they were typed, by the names of their inputs; empty for what is stored
   * @param wrong what is wrong with them
   */
  InputPage of(InputSheet sheet, Map<String, String> typed, Map<String, Text> wrong) {
    var contract = "/contracts/" + sheet.contract().id();
    var rows = new ArrayList<InputPage.Row>();
    var problems = new ArrayList<Field>();
    for (var field : sheet.fields()) {
      var places = Placing.fields(field.id().toString(), field.box(), typed, wrong);
      places.stream()
          .filter(place -> place.error() != null)
          .map(place ->
              Field.called(place.name(), place.label(), field.label(), true).wrong(place.error()))
          .forEach(problems::add);
      rows.add(row(sheet, field, rows.size() + 1, places));
    }
    return new InputPage(
        contract + "/fields",
        contract,
        sheet.contract().title(),
        rows,
        placing.sheets(sheet.contract(), contract + "/fields"),
        asked(sheet),
        !sheet.of(InputField.BODY).isEmpty(),
        problems);
  }

  /**
   * A page of the document as it stands, with the boxes.
   *
   * @param page from 1
   */
  byte[] framed(InputSheet sheet, int page) {
    return placing.framed(
        sheet.contract(), sheet.fields().stream().map(InputField::box).toList(), page);
  }

  private static InputPage.Row row(
      InputSheet sheet, InputField field, int number, List<Field> places) {
    var value = sheet.values().stream().filter(each -> each.field().equals(field.id())).findFirst();
    return new InputPage.Row(
        field.id().toString(),
        number,
        field.label(),
        "input.kind." + field.kind().name(),
        field.filler() == InputField.BODY
            ? sheet.contract().parties().getFirst().signature()
            : sheet.party(field.filler()).map(Party::signature).orElse(""),
        field.mandatory(),
        places,
        value.map(each -> field.drawn(each.text())).orElse(null),
        value.map(each -> each.by() + "　" + JapaneseDates.time(each.at())).orElse(null),
        value.filter(sheet::isStale).isPresent());
  }

  private List<InputPage.Asked> asked(InputSheet sheet) {
    var sent = requests.of(sheet.contract().id());
    var missing = sheet.missing();
    return sheet.contract().parties(Party.Kind.COUNTERPARTY).stream()
        .filter(party -> !sheet.of(party.ordinal()).isEmpty())
        .map(party ->
            new InputPage.Asked(
                party.ordinal(),
                party.signature(),
                String.valueOf(party.mail()),
                state(
                    sent.stream()
                        .filter(request -> request.filler() == party.ordinal())
                        .filter(request -> request.mail().equalsIgnoreCase(party.mail()))
                        .findFirst()),
                (int) missing.stream().filter(f -> f.filler() == party.ordinal()).count()))
        .toList();
  }

  private static Text state(Optional<InputRequest> request) {
    return request
        .map(sent ->
            sent.answeredAt()
                .map(at -> Text.of("input.asked.answered", JapaneseDates.time(at)))
                .orElseGet(() ->
                    Text.of(
                        "input.asked.waiting",
                        JapaneseDates.time(sent.askedAt()),
                        JapaneseDates.time(sent.expiresAt()))))
        .orElseGet(() -> Text.of("input.asked.not"));
  }
}
