package jp.musubi.mandate;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import jp.musubi.counterparty.SupplierRegister;
import jp.musubi.platform.web.Book;
import jp.musubi.platform.web.Crumb;
import jp.musubi.platform.web.Text;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Component;
import org.springframework.web.servlet.ModelAndView;

/** The forms of 委任, with what stands around their fields. */
@Component
class MandatePages {
  private final SupplierRegister suppliers;
  private final MandateSheets sheets;
  private final MandateWords words;
  private final Book book;

  MandatePages(SupplierRegister suppliers, MandateSheets sheets, MandateWords words, Book book) {
    this.suppliers = suppliers;
    this.sheets = sheets;
    this.words = words;
    this.book = book;
  }

  ModelAndView adding(
      UUID supplier,
      MandateForm form,
      Map<String, Text> wrong,
      @Nullable Text refusal,
      boolean sure,
      HttpStatus status) {
    var name = suppliers.get(supplier).details().name();
    var base = "/suppliers/" + supplier;
    var heading = book.of(form.parent().isPresent() ? "mandate.substitute.new" : "mandate.new");
    var hidden = new HashMap<String, String>();
    for (var field : List.of("idempotencyKey", "parent", "takenOverFrom")) {
      if (!form.value(field).isEmpty()) {
        hidden.put(field, form.value(field));
      }
    }
    return page(
        form,
        new MandatePage.Frame(
            heading,
            sheets.crumbs(new Crumb(name, base), new Crumb(heading, base + "/mandates/new")),
            Text.of("mandate.new.lead", name),
            refusal,
            base + "/mandates",
            base,
            "mandate.new.submit"),
        false,
        sure,
        wrong,
        hidden,
        status);
  }

  ModelAndView correcting(
      Mandate own,
      MandateForm form,
      Map<String, Text> wrong,
      @Nullable Text refusal,
      boolean sure,
      HttpStatus status) {
    var base = "/mandates/" + own.id();
    var heading = book.of("mandate.correct");
    return page(
        form,
        new MandatePage.Frame(
            heading,
            sheets.crumbs(
                new Crumb(own.said().agent().printed(), base),
                new Crumb(heading, base + "/correction")),
            Text.of("mandate.correct.lead", own.holder().name()),
            refusal,
            base + "/correction",
            base,
            "mandate.correct.submit"),
        true,
        sure,
        wrong,
        Map.of("version", form.value("version")),
        status);
  }

  /** Where the same 委任状 is. */
  Text twice(List<Mandate> found) {
    return Text.of(
        "mandate.refused.twice",
        found.stream()
            .map(each ->
                book.of(
                    "mandate.refused.twice.one",
                    each.holder().name(),
                    each.said().agent().printed(),
                    words.paper(each.said().paper())))
            .collect(Collectors.joining("、")));
  }

  private ModelAndView page(
      MandateForm form,
      MandatePage.Frame frame,
      boolean correcting,
      boolean sure,
      Map<String, Text> wrong,
      Map<String, String> hidden,
      HttpStatus status) {
    var appointing =
        form.parent()
            .map(parent ->
                Text.of(
                    "mandate.appointing",
                    parent.said().agent().printed(),
                    words.scope(parent.said().scope()),
                    words.period(parent.said().scope())))
            .orElse(null);
    var page =
        new ModelAndView(
            "mandate/form",
            "page",
            MandatePage.of(form, frame, correcting, sure, correcting, wrong, appointing, hidden));
    page.setStatus(status);
    return page;
  }
}
