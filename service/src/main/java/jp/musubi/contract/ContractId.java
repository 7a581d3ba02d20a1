package jp.musubi.contract;

import java.util.UUID;

/** The key of a contract within its body. */
public record ContractId(UUID value) {
  @Override
  public String toString() {
    return value.toString();
  }
}
