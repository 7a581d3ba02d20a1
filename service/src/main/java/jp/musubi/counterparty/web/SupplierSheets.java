package jp.musubi.counterparty.web;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import jp.musubi.counterparty.Applications;
import jp.musubi.counterparty.Consent;
import jp.musubi.counterparty.Consents;
import jp.musubi.counterparty.CorporateNumber;
import jp.musubi.counterparty.Supplier;
import jp.musubi.counterparty.SupplierAside;
import jp.musubi.organisation.Organisations;
import jp.musubi.platform.JapaneseDates;
import jp.musubi.platform.web.Book;
import jp.musubi.platform.web.Crumb;
import jp.musubi.platform.web.Fact;
import jp.musubi.platform.web.Sheet;
import jp.musubi.platform.web.Text;
import org.springframework.stereotype.Component;

/** A supplier's page. */
@Component
class SupplierSheets {
  private final Applications applications;
  private final Consents consents;
  private final Organisations organisations;
  private final List<SupplierAside> asides;
  private final Book book;

  SupplierSheets(
      Applications applications,
      Consents consents,
      Organisations organisations,
      List<SupplierAside> asides,
      Book book) {
    this.applications = applications;
    this.consents = consents;
    this.organisations = organisations;
    this.asides = List.copyOf(asides);
    this.book = book;
  }

  Sheet of(Supplier supplier, boolean mayChange) {
    var path = "/suppliers/" + supplier.id();
    var actions = new ArrayList<Sheet.Action>();
    if (mayChange && supplier.isLive()) {
      actions.add(Sheet.Action.first("supplier.contact.new", path + "/contacts/new"));
      actions.add(Sheet.Action.link("consent.ask", path + "/consents/new"));
      asides.forEach(aside -> actions.addAll(aside.actions(supplier)));
      actions.add(Sheet.Action.link("supplier.change", path + "/change"));
      actions.add(Sheet.Action.link("supplier.end", path + "/end"));
    }
    var tables =
        new ArrayList<>(
            List.of(
                contacts(supplier, mayChange && supplier.isLive()),
                applications(supplier),
                consents(supplier)));
    asides.forEach(aside -> tables.addAll(aside.tables(supplier)));
    var name = supplier.details().name();
    return Sheet.of(name, Screens.crumbs(book, new Crumb(name, path)))
        .warning(
            supplier.endReason().map(reason -> Text.of("supplier.hasEnded", reason)).orElse(null))
        .doing(actions)
        .with(facts(supplier))
        .listing(tables);
  }

  private List<Fact> facts(Supplier supplier) {
    var details = supplier.details();
    return List.of(
        Fact.of("supplier.name", details.name()),
        Fact.of(
            "supplier.number",
            details
                .number()
                .map(CorporateNumber::digits)
                .orElseGet(() -> book.of("supplier.number.none"))),
        Fact.of("supplier.code", said(details.code())),
        Fact.of("supplier.address", said(details.address())),
        Fact.of("supplier.phone", said(details.phone())),
        Fact.of("supplier.notes", said(details.notes())),
        Fact.of("supplier.createdAt", JapaneseDates.time(supplier.createdAt())));
  }

  private Sheet.Table contacts(Supplier supplier, boolean mayChange) {
    var columns =
        new ArrayList<>(
            List.of("supplier.person", "supplier.mail", "supplier.capacity", "supplier.until"));
    if (mayChange) {
      columns.add("people.action");
    }
    return new Sheet.Table(
        Text.of("supplier.contacts"),
        columns,
        supplier.contacts().stream().map(each -> row(supplier, each, mayChange)).toList(),
        "supplier.contacts.none");
  }

  private List<Sheet.Cell> row(Supplier supplier, Supplier.Contact contact, boolean mayChange) {
    var person = contact.person();
    var path = "/suppliers/" + supplier.id() + "/contacts/" + contact.id();
    var live = contact.endedAt().isEmpty();
    var cells = new ArrayList<Sheet.Cell>();
    cells.add(
        (mayChange && live
                ? Sheet.Cell.link(person.name(), path + "/change")
                : Sheet.Cell.of(person.name()))
            .noted(person.title().isEmpty() ? null : person.title()));
    cells.add(Sheet.Cell.of(person.mail()));
    cells.add(Sheet.Cell.of(book.of("supplier.capacity." + person.capacity())));
    var until = person.until().map(JapaneseDates::date).orElseGet(() -> book.of("people.open"));
    cells.add(
        Sheet.Cell.of(until)
            .noted(
                contact.actsOn(organisations.today())
                    ? null
                    : book.of(live ? "supplier.until.over" : "supplier.contact.hasEnded")));
    if (mayChange) {
      cells.add(
          live
              ? Sheet.Cell.of(Sheet.Action.press("supplier.contact.end", path + "/end", Map.of()))
              : Sheet.Cell.of(""));
    }
    return cells;
  }

  private Sheet.Table applications(Supplier supplier) {
    return new Sheet.Table(
        Text.of("application.list"),
        List.of("application.signatory", "application.validUntil", "application.standing"),
        applications.accepted(supplier.id()).stream()
            .map(each ->
                List.of(
                    Sheet.Cell.link(each.said().signatory().name(), "/applications/" + each.id())
                        .noted(each.said().signatory().mail()),
                    Sheet.Cell.of(JapaneseDates.date(each.said().validUntil())),
                    Sheet.Cell.of(book.of("application.standing." + applications.standing(each)))))
            .toList(),
        "application.none.supplier");
  }

  private Sheet.Table consents(Supplier supplier) {
    return new Sheet.Table(
        Text.of("consent.list"),
        List.of("consent.person", "application.scope", "consent.life", "consent.text"),
        consents.of(supplier.id()).stream()
            .map(each ->
                List.of(
                    Sheet.Cell.of(each.name()).noted(each.mail()),
                    Sheet.Cell.of(
                        each.contractTitle().isEmpty()
                            ? book.of("application.scope.STANDING")
                            : book.of("application.text.one", each.contractTitle())),
                    Sheet.Cell.of(book.of("consent.life." + consents.life(each)))
                        .noted(moments(each)),
                    Sheet.Cell.of("SHA-256 " + each.digest().shortHex()).noted(each.text())))
            .toList(),
        "consent.none");
  }

  /** When it was given, by what way and from where; when it was withdrawn. */
  private String moments(Consent consent) {
    var given =
        consent
            .given()
            .map(each ->
                book.of(
                    "consent.givenAt",
                    JapaneseDates.time(each.at()),
                    book.of("consent.method." + each.method()),
                    each.clientIp()))
            .orElseGet(() -> book.of("consent.askedAt", JapaneseDates.time(consent.askedAt())));
    return given
        + consent
            .withdrawnAt()
            .map(at -> book.of("consent.withdrawnAt", JapaneseDates.time(at)))
            .orElse("");
  }

  private String said(String text) {
    return text.isEmpty() ? book.of("supplier.notSaid") : text;
  }
}
