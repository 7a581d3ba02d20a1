package jp.musubi.ownsignature;

import java.util.List;
import java.util.stream.Stream;
import jp.musubi.contract.Aside;
import jp.musubi.contract.Particulars;
import jp.musubi.contract.Party;
import jp.musubi.platform.DistinguishedName;
import jp.musubi.platform.JapaneseDates;
import jp.musubi.platform.web.Text;
import org.springframework.stereotype.Component;

/** 当事者型の署名, on the page of a contract: who signs so, and whose certificate it was. */
@Component
class OwnSignatureNotes implements Aside {

  @Override
  public List<Note> of(Particulars contract) {
    return contract.parties().stream()
        .filter(Party::ownSignature)
        .flatMap(party -> note(contract, party))
        .toList();
  }

  private static Stream<Note> note(Particulars contract, Party party) {
    var own = contract.ownSignature(party.id());
    var lines =
        own.map(each ->
                List.of(
                    Text.of("contract.own.holder", DistinguishedName.readable(each.holder())),
                    Text.of("contract.own.issuer", DistinguishedName.readable(each.issuer())),
                    Text.of(
                        "contract.own.serial",
                        each.serial(),
                        JapaneseDates.date(each.validUntil())),
                    Text.of("contract.own.compare", party.signature())))
            .orElseGet(() -> List.of(Text.of("contract.own.awaited.text")));
    return Stream.of(
        new Note(
            "info",
            Text.of(
                own.isPresent() ? "contract.own.taken" : "contract.own.awaited", party.signature()),
            lines,
            null,
            null,
            false));
  }
}
