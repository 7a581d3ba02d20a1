package jp.musubi.contract;

/** An access code on its only way to the eyes of whoever tells it to the party. */
public record PartyCode(Party party, String code) {
  @Override
  public String toString() {
    return "access code of party " + party.id();
  }
}
