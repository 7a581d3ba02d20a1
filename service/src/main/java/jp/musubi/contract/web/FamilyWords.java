package jp.musubi.contract.web;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import jp.musubi.authority.Bearer;
import jp.musubi.contract.Contracts;
import jp.musubi.contract.Origin;
import jp.musubi.contract.Origins;
import jp.musubi.contract.Particulars;
import jp.musubi.contract.Phase;
import jp.musubi.platform.web.Chip;
import jp.musubi.platform.web.Fact;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** つながりのある契約, in words. */
@Component
class FamilyWords {
  private final Origins origins;
  private final Contracts contracts;
  private final Words words;

  FamilyWords(Origins origins, Contracts contracts, Words words) {
    this.origins = origins;
    this.contracts = contracts;
    this.words = words;
  }

  /**
   * One of the family.
   *
   * @param what 変更契約, 訂正, 作り直し, or もとの契約
   * @param path null for the contract whose page this is, and for paper
   */
  record Member(
      String what, String number, String title, @Nullable Chip chip, @Nullable String path) {}

  /** All that the reader may know of, the oldest first; empty if it stands alone. */
  List<Member> of(Particulars contract, Bearer reader) {
    var family = origins.family(contract.id(), reader);
    var members =
        family.stream()
            .flatMap(member ->
                Stream.concat(
                    paper(member).stream(),
                    Stream.of(
                        member(
                            member,
                            member.contract().id().equals(contract.id())
                                ? null
                                : "/contracts/" + member.contract().id()))))
            .toList();
    return members.size() > 1 ? members : List.of();
  }

  /** What a draft goes back to, as a fact of it, if the reader may know of that. */
  List<Fact> facts(Particulars contract, Bearer reader) {
    return origins
        .known(contract.id(), reader)
        .map(origin -> new Fact("contract.origin", original(origin), words.of(relation(origin))))
        .stream()
        .toList();
  }

  private String original(Origin origin) {
    return switch (origin) {
      case Origin.Registered(_, var id) -> {
        var original = contracts.get(id);
        yield original.number() + " " + original.title();
      }
      case Origin.Paper(_, var number, var title, var day) ->
          words.of(
              "contract.origin.onPaper",
              (number + " " + title).strip(),
              day.map(Words::day).orElseGet(() -> words.of("contract.origin.dayUnknown")));
    };
  }

  /** The paper that a contract goes back to. */
  Optional<Member> paper(Origins.Member member) {
    return member
        .origin()
        .filter(Origin.Paper.class::isInstance)
        .map(origin -> new Member(words.of("contract.origin"), "", original(origin), null, null));
  }

  /** One of the family, with the way to its page. */
  Member linked(Origins.Member member) {
    return member(member, "/contracts/" + member.contract().id());
  }

  private Member member(Origins.Member member, @Nullable String path) {
    var contract = member.contract();
    var phase = Phase.of(contract, contracts.agreements(contract.id()));
    return new Member(
        member
            .origin()
            .map(origin -> words.of(relation(origin)))
            .orElseGet(() -> words.of("contract.origin")),
        contract.number(),
        contract.title(),
        ContractLines.chip(phase, contract.sealCause().isPresent()),
        path);
  }

  private static String relation(Origin origin) {
    return "contract.relation." + origin.relation();
  }
}
