package jp.musubi.mandate;

import java.time.Instant;
import java.time.LocalDate;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import jp.musubi.contract.ContractKind;
import jp.musubi.seal.Sha256;

/**
 * 委任. Somebody acts for a counterparty by a 委任状.
 *
 * @param holder the counterparty, as its register has it now
 * @param parent of a 復代理: the 委任 of whoever appointed them
 * @param takenOverFrom the one of the year before, if it was made from that
 * @param version of {@code said}, from 1; a correction makes the next
 * @param end when it was ended before its time
 */
record Mandate(
    UUID id,
    Holder holder,
    Optional<UUID> parent,
    Optional<UUID> takenOverFrom,
    int version,
    Said said,
    Instant madeAt,
    Optional<End> end) {

  /**
   * 相手方. Whose contracts it is about.
   *
   * @param live whether it is in use
   */
  record Holder(UUID id, String name, boolean live) {}

  /**
   * 解任・撤回.
   *
   * @param on the first day without power
   */
  record End(LocalDate on, String reason, Instant at) {}

  /**
   * 委任者.
   *
   * @param title 代表取締役; may be empty
   */
  record Principal(String title, String name) {
    /** 代表取締役 見本 太郎. */
    String printed() {
      return joined(title, name);
    }
  }

  /**
   * 受任者.
   *
   * @param office 高崎支店; may be empty
   * @param title 支店長; may be empty
   */
  record Agent(String office, String title, String name, String mail) {
    /** 高崎支店 支店長: what stands before the name in a contract. */
    String position() {
      return joined(office, title);
    }

    /** 高崎支店 支店長 見本 次郎. */
    String printed() {
      return joined(position(), name);
    }
  }

  /**
   * 範囲. For what it holds.
   *
   * @param kinds of contracts; none for all of them
   * @param most yen with tax; empty for any sum
   * @param single 件名 of the one contract it is for; empty for all
   * @param until the last day, included
   */
  record Scope(
      Set<Power> powers,
      Set<ContractKind> kinds,
      OptionalLong most,
      String single,
      LocalDate from,
      LocalDate until) {

    /** Keeps its own copies, in the order of their declaration. */
    Scope {
      powers = inOrder(Power.class, powers);
      kinds = inOrder(ContractKind.class, kinds);
    }

    /** Whether the day lies within it; the first and the last do. */
    boolean holdsOn(LocalDate day) {
      return !day.isBefore(from) && !day.isAfter(until);
    }

    private static <E extends Enum<E>> Set<E> inOrder(Class<E> type, Set<E> given) {
      var all = EnumSet.noneOf(type);
      all.addAll(given);
      return java.util.Collections.unmodifiableSet(all);
    }
  }

  /**
   * 委任状, byte for byte as it came.
   *
   * @param number as written on it; may be empty
   * @param on the day written on it
   */
  record Paper(String number, LocalDate on, String name, long bytes, int pages, Sha256 sha256) {}

  /** What the 委任状 says. */
  record Said(Principal principal, Agent agent, Scope scope, Paper paper) {}

  /** Whether it is a 復代理. */
  boolean isSubstitute() {
    return parent.isPresent();
  }

  /** Whether it can be chosen on this day, now or for days to come. */
  boolean isOpenOn(LocalDate day) {
    return end.isEmpty() && holder.live() && !said.scope().until().isBefore(day);
  }

  /** Whether it ends within so many days, on its own. */
  boolean endsWithin(int days, LocalDate today) {
    return isOpenOn(today) && !said.scope().until().isAfter(today.plusDays(days));
  }

  private static String joined(String... parts) {
    return Stream.of(parts).filter(part -> !part.isEmpty()).collect(Collectors.joining(" "));
  }

  /** A 委任 and the one it goes back to, the nearest to the representative first. */
  record Chain(Mandate own, Optional<Mandate> parent) {
    List<Mandate> links() {
      return Stream.concat(parent.stream(), Stream.of(own)).toList();
    }
  }
}
