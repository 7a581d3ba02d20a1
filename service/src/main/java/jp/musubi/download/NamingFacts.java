package jp.musubi.download;

import java.time.LocalDate;
import java.util.EnumMap;
import java.util.Map;
import java.util.stream.Collectors;
import jp.musubi.contract.Particulars;
import jp.musubi.contract.Party;
import jp.musubi.organisation.Organisations;
import jp.musubi.organisation.Section;
import jp.musubi.platform.JapaneseDates;
import org.springframework.stereotype.Component;

/** What names and list say of a contract; its section is called as it was on the contract's day. */
@Component
class NamingFacts {
  private final Organisations organisations;

  NamingFacts(Organisations organisations) {
    this.organisations = organisations;
  }

  Map<FileNameRule.Part, String> of(Particulars contract) {
    var day = day(contract);
    var facts = new EnumMap<FileNameRule.Part, String>(FileNameRule.Part.class);
    facts.put(FileNameRule.Part.NUMBER, contract.number());
    facts.put(FileNameRule.Part.TITLE, contract.title());
    facts.put(FileNameRule.Part.DATE, day.toString());
    facts.put(
        FileNameRule.Part.SECTION,
        organisations
            .section(contract.sectionId(), day)
            .or(() -> organisations.section(contract.sectionId()))
            .map(Section::name)
            .orElse(""));
    facts.put(
        FileNameRule.Part.COUNTERPARTY,
        contract.parties(Party.Kind.COUNTERPARTY).stream()
            .map(Party::organisation)
            .distinct()
            .collect(Collectors.joining("、")));
    return facts;
  }

  private LocalDate day(Particulars contract) {
    return contract
        .contractDate()
        .orElseGet(() ->
            contract
                .concludedAt()
                .map(at -> LocalDate.ofInstant(at, JapaneseDates.ZONE))
                .orElseGet(organisations::today));
  }
}
