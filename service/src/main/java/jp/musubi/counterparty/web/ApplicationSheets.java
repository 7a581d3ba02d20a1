package jp.musubi.counterparty.web;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import jp.musubi.counterparty.Application;
import jp.musubi.counterparty.Applications;
import jp.musubi.counterparty.CorporateNumber;
import jp.musubi.counterparty.NearMiss;
import jp.musubi.counterparty.SupplierRegister;
import jp.musubi.organisation.PublicAddresses;
import jp.musubi.platform.JapaneseDates;
import jp.musubi.platform.web.Book;
import jp.musubi.platform.web.Crumb;
import jp.musubi.platform.web.Fact;
import jp.musubi.platform.web.Sheet;
import jp.musubi.platform.web.Text;
import org.springframework.stereotype.Component;

/** An application's page for staff: what was said, what proves it, what is alike. */
@Component
class ApplicationSheets {
  private final Applications applications;
  private final SupplierRegister register;
  private final PublicAddresses addresses;
  private final Book book;

  ApplicationSheets(
      Applications applications, SupplierRegister register, PublicAddresses addresses, Book book) {
    this.applications = applications;
    this.register = register;
    this.addresses = addresses;
    this.book = book;
  }

  /** Where suppliers apply; for the body to print on its own pages. */
  String publicAddress() {
    return addresses.of("application");
  }

  /** What of the register is like this application. */
  List<NearMiss> alike(Application application) {
    var said = application.said();
    return register.alike(
        new NearMiss.Typed(Optional.empty(), said.organisation(), said.number(), said.mails()));
  }

  Sheet of(Application application, boolean mayDecide) {
    var path = "/applications/" + application.id();
    var standing = applications.standing(application);
    var actions = new ArrayList<Sheet.Action>();
    if (mayDecide && standing == Application.Standing.TO_DECIDE) {
      actions.add(Sheet.Action.first("application.accept", path + "/acceptance"));
      actions.add(Sheet.Action.link("application.reject", path + "/rejection"));
    }
    application
        .supplier()
        .ifPresent(supplier ->
            actions.add(Sheet.Action.link("application.toSupplier", "/suppliers/" + supplier)));
    return Sheet.of(
            application.said().organisation(),
            Screens.crumbs(
                book,
                book.crumb("application.list", "/applications"),
                new Crumb(application.said().organisation(), path)))
        .warning(
            standing == Application.Standing.TO_DECIDE
                ? Screens.alike(alike(application), book)
                : null)
        .doing(actions)
        .with(facts(application, standing))
        .listing(List.of(proofs(application)));
  }

  private List<Fact> facts(Application application, Application.Standing standing) {
    var said = application.said();
    var signatory = said.signatory();
    var facts = new ArrayList<Fact>();
    facts.add(
        new Fact(
            "application.standing",
            book.of("application.standing." + standing),
            application
                .decided()
                .map(decided ->
                    book.of(
                        "application.decidedBy",
                        JapaneseDates.time(decided.at()),
                        decided.by(),
                        decided.reason().orElse("")))
                .orElse(null)));
    facts.add(Fact.of("application.organisation", said.organisation()));
    facts.add(
        Fact.of(
            "supplier.number",
            said.number()
                .map(CorporateNumber::digits)
                .orElseGet(() -> book.of("supplier.number.none"))));
    facts.add(Fact.of("supplier.address", said.address()));
    facts.add(Fact.of("supplier.phone", said.phone()));
    facts.add(
        new Fact(
            "application.signatory",
            (signatory.title() + " " + signatory.name()).strip(),
            signatory.mail()));
    facts.add(
        new Fact(
            "application.authority",
            book.of("application.authority." + (signatory.agent() ? "AGENT" : "REPRESENTATIVE")),
            signatory.agent() ? signatory.authorityText() : null));
    if (!said.clerkMail().isEmpty()) {
      facts.add(new Fact("application.clerk", said.clerkName(), said.clerkMail()));
    }
    facts.add(
        Fact.of(
            "application.scope",
            said.contractTitle().isEmpty()
                ? book.of("application.scope.STANDING")
                : book.of("application.text.one", said.contractTitle())));
    facts.add(Fact.of("application.validUntil", JapaneseDates.date(said.validUntil())));
    facts.add(
        new Fact(
            "application.submittedAt",
            JapaneseDates.time(application.submittedAt()),
            book.of("application.from", application.clientIp(), application.userAgent())));
    facts.add(
        new Fact("application.text", application.text(), "SHA-256 " + application.digest().hex()));
    return facts;
  }

  private Sheet.Table proofs(Application application) {
    return new Sheet.Table(
        Text.of("application.proofs"),
        List.of("supplier.mail", "application.proof.at", "application.proof.from"),
        application.proofs().stream()
            .map(proof ->
                List.of(
                    Sheet.Cell.of(proof.mail()),
                    Sheet.Cell.of(
                        proof
                            .confirmedAt()
                            .map(JapaneseDates::time)
                            .orElseGet(() -> book.of("application.proof.waits"))),
                    Sheet.Cell.of(proof.clientIp().orElse(""))))
            .toList(),
        "application.none");
  }
}
