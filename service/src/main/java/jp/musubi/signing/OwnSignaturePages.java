package jp.musubi.signing;

import java.util.ArrayList;
import java.util.List;
import jp.musubi.contract.OwnSignature;
import jp.musubi.contract.ReceivedFiles;
import jp.musubi.ownsignature.OwnSignatures;
import jp.musubi.platform.DistinguishedName;
import jp.musubi.platform.web.Fact;
import jp.musubi.platform.web.Field;
import jp.musubi.seal.inspection.FindingMessages;
import org.springframework.stereotype.Component;
import org.springframework.ui.Model;

/** The page on which a party's own signature is handed in, and the words for what is not taken. */
@Component
class OwnSignaturePages {
  private final Pages pages;

  OwnSignaturePages(Pages pages) {
    this.pages = pages;
  }

  String text(String key, Object... values) {
    return pages.text(key, values);
  }

  String ended(Visit visit, Model model) {
    return pages.ended(visit, model);
  }

  /**
   * The page.
   *
   * @param reasons why what was handed in was not taken, each saying what to do
   */
  String show(Visit visit, List<String> reasons, Model model) {
    var contract = visit.contract();
    pages.frame(model, visit);
    model.addAttribute("way", Pages.way(1));
    model.addAttribute("card", pages.card(contract));
    model.addAttribute("reasons", reasons);
    model.addAttribute("sha256", contract.shownFile());
    model.addAttribute("grouped", Wording.grouped(contract.shownFile()));
    model.addAttribute("key", FormKey.next());
    model.addAttribute(
        "taken",
        OwnSignatures.of(contract, visit.party()).map(own -> facts(visit, own)).orElse(null));
    model.addAttribute(
        "file",
        Field.required("file", "signing.own.file")
            .hinted("signing.own.file.hint")
            .drawn(Field.Look.PDF));
    return "signing/own-signature";
  }

  private List<Fact> facts(Visit visit, OwnSignature own) {
    var facts = new ArrayList<Fact>();
    facts.add(
        new Fact(
            "signing.own.holder",
            DistinguishedName.commonName(own.holder()),
            DistinguishedName.readable(own.holder())));
    facts.add(Fact.of("signing.own.party", visit.party().signature()));
    facts.add(Fact.of("signing.own.issuer", DistinguishedName.readable(own.issuer())));
    facts.add(Fact.of("signing.own.serial", own.serial()));
    facts.add(Fact.of("signing.own.until", Wording.time(own.validUntil(), Pages.locale())));
    facts.add(Fact.of("signing.own.at", Wording.time(own.takenAt(), Pages.locale())));
    return facts;
  }

  /** Why a file was not taken, and what to do. */
  List<String> wrong(OwnSignatures.Outcome outcome) {
    return switch (outcome) {
      case OwnSignatures.Outcome.Sound _ -> List.of();
      case OwnSignatures.Outcome.Unreadable(var looked) -> looked(looked);
      case OwnSignatures.Outcome.Unjudged _ -> List.of(text("signing.own.wrong.UNJUDGED"));
      case OwnSignatures.Outcome.Unfit(var why) -> List.of(text("signing.own.wrong." + why));
      case OwnSignatures.Outcome.Revoked _ -> List.of(text("signing.own.wrong.REVOKED"));
      case OwnSignatures.Outcome.Later _ -> List.of(text("signing.own.wrong.LATER"));
      case OwnSignatures.Outcome.Unproven _ -> List.of(text("signing.own.wrong.UNPROVEN"));
    };
  }

  private List<String> looked(ReceivedFiles.Looked looked) {
    return switch (looked) {
      case ReceivedFiles.Looked.Fit _ -> List.of();
      case ReceivedFiles.Looked.Unfit _ -> List.of(text("signing.own.wrong.FILE"));
      case ReceivedFiles.Looked.Rejected(var findings) ->
          findings.stream()
              .map(finding -> FindingMessages.of(finding, Pages.locale()))
              .distinct()
              .toList();
    };
  }
}
