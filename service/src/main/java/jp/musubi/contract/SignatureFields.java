package jp.musubi.contract;

import java.util.List;

/** 署名欄. The names of the fields in the file, settled before anybody signs (SIG-4). */
public final class SignatureFields {
  private SignatureFields() {}

  /** Where a party's seal goes. */
  public static String of(Party party) {
    return of(party.ordinal());
  }

  /** Where the seal of the party at this place in the order goes. */
  static String of(int ordinal) {
    return "musubi-" + ordinal;
  }

  /** Where the seals of these agreements are, in the order in which they are made. */
  public static List<String> of(Particulars contract, List<Agreement> agreements) {
    return agreements.stream()
        .map(agreement -> of(contract.party(agreement.party()).orElseThrow()))
        .toList();
  }
}
