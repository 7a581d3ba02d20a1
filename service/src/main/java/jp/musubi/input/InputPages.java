package jp.musubi.input;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.imageio.ImageIO;
import jp.musubi.contract.DocumentPages;
import jp.musubi.contract.Party;
import jp.musubi.platform.JapaneseDates;
import jp.musubi.platform.NotFound;
import jp.musubi.platform.web.Field;
import jp.musubi.platform.web.FormReader;
import jp.musubi.platform.web.Text;
import org.springframework.stereotype.Component;

/** Puts the page of 入力項目 together, and its pictures. */
@Component
class InputPages {
  static final List<String> PLACES = List.of("page", "left", "top", "width", "height");
  private static final Color FRAME = new Color(0x00, 0x17, 0xC1);

  private final Inputs inputs;
  private final InputRequests requests;
  private final DocumentPages pages;

  InputPages(Inputs inputs, InputRequests requests, DocumentPages pages) {
    this.inputs = inputs;
    this.requests = requests;
    this.pages = pages;
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
      var places = places(field, typed, wrong);
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
        sheets(sheet, contract),
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
    var sizes = inputs.pages(sheet);
    if (page < 1 || page > sizes.size()) {
      throw new NotFound("page " + page + " of " + sheet.contract().id());
    }
    try {
      var read =
          ImageIO.read(new ByteArrayInputStream(pages.image(sheet.contract().currentFile(), page)));
      var image = new BufferedImage(read.getWidth(), read.getHeight(), BufferedImage.TYPE_INT_RGB);
      var graphics = image.createGraphics();
      try {
        graphics.drawImage(read, 0, 0, null);
        graphics.setColor(FRAME);
        graphics.setStroke(new BasicStroke(3));
        var scale = read.getWidth() / sizes.get(page - 1).width();
        for (var field : sheet.fields()) {
          if (field.box().page() == page) {
            var place = field.box().place();
            graphics.drawRect(
                Math.round(place.left() * scale),
                Math.round(place.top() * scale),
                Math.round(place.width() * scale),
                Math.round(place.height() * scale));
          }
        }
      } finally {
        graphics.dispose();
      }
      var out = new ByteArrayOutputStream();
      ImageIO.write(image, "png", out);
      return out.toByteArray();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private List<InputPage.Sheet> sheets(InputSheet sheet, String contract) {
    var sizes = inputs.pages(sheet);
    var all = new ArrayList<InputPage.Sheet>();
    for (var i = 0; i < sizes.size(); i++) {
      var number = i + 1;
      all.add(
          new InputPage.Sheet(
              number,
              "%s/fields/pages/%d.png".formatted(contract, number),
              "%s/pages/%d.png".formatted(contract, number),
              InputBox.tenths(sizes.get(i).width()),
              InputBox.tenths(sizes.get(i).height())));
    }
    return all;
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

  private static List<Field> places(
      InputField field, Map<String, String> typed, Map<String, Text> wrong) {
    var box = field.box();
    var stored =
        Map.of(
            "page",
            String.valueOf(box.page()),
            "left",
            FormReader.tenths(box.left()),
            "top",
            FormReader.tenths(box.top()),
            "width",
            FormReader.tenths(box.width()),
            "height",
            FormReader.tenths(box.height()));
    return PLACES.stream()
        .map(place -> {
          var name = place + "-" + field.id();
          return Field.required(name, "input." + place)
              .drawn(
                  new Field.Look(
                      "text",
                      "off",
                      "decimal",
                      "short",
                      place.equals("page") ? "input.unit.page" : "input.unit.mm",
                      6,
                      null))
              .with(typed.getOrDefault(name, stored.get(place)))
              .wrong(wrong.get(name));
        })
        .toList();
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
