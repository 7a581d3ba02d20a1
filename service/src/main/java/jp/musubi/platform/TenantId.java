package jp.musubi.platform;

import java.io.Serializable;
import java.util.UUID;

/** Whose data it is: the key of one body (団体). Leads every key, as {@code tenant_id} in SQL. */
public record TenantId(UUID value) implements Serializable {

  /** Reads the form that {@link #toString} writes. */
  public static TenantId parse(String text) {
    return new TenantId(UUID.fromString(text));
  }

  @Override
  public String toString() {
    return value.toString();
  }
}
