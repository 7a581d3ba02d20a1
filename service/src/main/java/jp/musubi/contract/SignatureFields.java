package jp.musubi.contract;

import java.util.List;
import java.util.stream.Stream;

/** 署名欄. The names of the fields in the file, settled before anybody signs (SIG-4). */
public final class SignatureFields {
  private static final String OWN = "own-";

  private SignatureFields() {}

  /** Where a party's seal goes. */
  public static String of(Party party) {
    return of(party.ordinal());
  }

  /** Where the seal of the party at this place in the order goes. */
  static String of(int ordinal) {
    return "musubi-" + ordinal;
  }

  /** Where a party's own signature goes (当事者型). */
  public static String own(Party party) {
    return OWN + party.ordinal();
  }

  /** Whether a field is for a party's own signature, and not for a seal of ours. */
  public static boolean isOwn(String field) {
    return field.startsWith(OWN);
  }

  /**
   * Where the seals of these agreements are, in the order in which they are made, each behind its
   * party's own signature where there is one.
   */
  public static List<String> of(Particulars contract, List<Agreement> agreements) {
    return agreements.stream()
        .map(agreement -> contract.party(agreement.party()).orElseThrow())
        .flatMap(party ->
            contract.ownSignature(party.id()).isPresent()
                ? Stream.of(own(party), of(party))
                : Stream.of(of(party)))
        .toList();
  }
}
