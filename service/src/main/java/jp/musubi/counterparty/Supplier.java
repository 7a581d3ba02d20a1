package jp.musubi.counterparty;

import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * 契約相手方. A supplier of the body as its register has it.
 *
 * @param version of the row, for the form that changes it
 * @param contacts who acts for it, those who no longer do behind the others
 */
public record Supplier(
    UUID id,
    Details details,
    int version,
    Instant createdAt,
    Optional<Instant> endedAt,
    Optional<String> endReason,
    List<Contact> contacts) {

  /** Keeps its own copy. */
  public Supplier {
    contacts = List.copyOf(contacts);
  }

  /**
   * What is registered of a supplier.
   *
   * @param name 商号または名称, kept exactly as typed
   * @param address 所在地; may be empty, as those that follow
   * @param code 業者番号, by which the body's tender system knows it
   */
  public record Details(
      String name,
      Optional<CorporateNumber> number,
      String address,
      String phone,
      String notes,
      String code) {}

  /** 立場. In what capacity somebody acts for a supplier. */
  public enum Capacity {
    /** 代表者. */
    REPRESENTATIVE,
    /** 代理人, by a 委任状. */
    AGENT,
    /** 担当者: checks first, agrees to nothing. */
    CLERK
  }

  /**
   * 連絡先. Somebody who acts for a supplier.
   *
   * @param endedAt when it was taken out of use
   */
  public record Contact(UUID id, Person person, int version, Optional<Instant> endedAt) {

    /** Whether they act for the supplier on this day. */
    public boolean actsOn(LocalDate day) {
      return endedAt.isEmpty() && person.until().map(last -> !day.isAfter(last)).orElse(true);
    }
  }

  /**
   * What is registered of a contact.
   *
   * @param title 代表取締役; may be empty
   * @param until the last day on which they act; empty while no end is known
   */
  public record Person(
      String name, String title, String mail, Capacity capacity, Optional<LocalDate> until) {}

  /** Whether it is in use. */
  public boolean isLive() {
    return endedAt.isEmpty();
  }
}
