package jp.musubi.approval;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import jp.musubi.contract.Particulars;
import jp.musubi.contract.Party;
import jp.musubi.organisation.Organisations;
import jp.musubi.platform.JapaneseDates;
import jp.musubi.platform.Yen;
import jp.musubi.platform.web.Book;
import jp.musubi.platform.web.Fact;
import org.springframework.stereotype.Component;

/** What a contract is about, for those who approve it. */
@Component
class ContractFacts {
  private final Organisations organisations;
  private final People people;
  private final Book book;

  ContractFacts(Organisations organisations, People people, Book book) {
    this.organisations = organisations;
    this.people = people;
    this.book = book;
  }

  List<Fact> of(Particulars contract) {
    var facts = new ArrayList<Fact>();
    organisations
        .section(contract.sectionId())
        .ifPresent(section ->
            facts.add(
                new Fact("contract.section", section.name(), people.name(contract.clerkId()))));
    for (var party : contract.parties(Party.Kind.COUNTERPARTY)) {
      facts.add(new Fact("contract.counterparty", party.signature(), party.mail()));
    }
    for (var party : contract.parties(Party.Kind.OFFICE)) {
      facts.add(Fact.of("contract.office", party.signature()));
    }
    facts.add(Fact.of("contract.field.kind", book.of("contract.kind." + contract.kind())));
    facts.add(Fact.of("contract.amount", amount(contract.amount())));
    facts.add(Fact.of("contract.contractDate", day(contract.contractDate())));
    facts.add(
        Fact.of(
            "contract.period",
            contract.periodFrom().isEmpty() && contract.periodUntil().isEmpty()
                ? book.of("contract.unset")
                : contract.periodFrom().map(JapaneseDates::date).orElse("")
                    + " 〜 "
                    + contract.periodUntil().map(JapaneseDates::date).orElse("")));
    contract
        .deadline()
        .ifPresent(
            deadline -> facts.add(Fact.of("contract.deadline", JapaneseDates.time(deadline))));
    facts.add(
        new Fact(
            "contract.file", contract.fileName(), book.of("contract.pages", contract.pages())));
    return facts;
  }

  String amount(OptionalLong amount) {
    return amount.isPresent()
        ? book.of("contract.amount.yen", Yen.format(amount.getAsLong()))
        : book.of("contract.amount.unit");
  }

  private String day(Optional<LocalDate> day) {
    return day.map(JapaneseDates::date).orElseGet(() -> book.of("contract.unset"));
  }
}
