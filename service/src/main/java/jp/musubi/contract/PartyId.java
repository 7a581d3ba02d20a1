package jp.musubi.contract;

import java.util.UUID;

/** The key of a party to a contract. */
public record PartyId(UUID value) {
  @Override
  public String toString() {
    return value.toString();
  }
}
