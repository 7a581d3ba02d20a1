package jp.musubi.contract;

import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import jp.musubi.seal.Sha256;
import jp.musubi.staff.StaffMember;

/** 委任. By which 委任状 the agents of counterparties act; another feature keeps them. */
public interface Mandates {

  /**
   * Somebody who may act for a counterparty.
   *
   * @param title as it stands before the name: 高崎支店 支店長
   * @param note what a person sees beside them: until when, by which 委任状
   */
  record Offered(
      UUID id, String organisation, String title, String name, String mail, String note) {}

  /**
   * 委任状, as it is stated of a contract: what it said when it was chosen.
   *
   * @param ordinal of the party that acts by it; of a 復代理 both 委任状 bear it, the first one first
   * @param principal 代表取締役 見本 太郎
   * @param agent 高崎支店 支店長 見本 次郎
   * @param scope for what it holds, in words
   * @param until the last day, included
   * @param number as written on it; may be empty
   * @param on the day written on it
   */
  record Stated(
      int ordinal,
      String principal,
      String agent,
      String scope,
      LocalDate from,
      LocalDate until,
      String number,
      LocalDate on,
      String file,
      long bytes,
      Sha256 sha256) {}

  /** Those who may act for a counterparty of this name, now or in days to come. */
  List<Offered> offered(String organisation);

  /** One of them; empty when they may not be chosen any more. */
  Optional<Offered> find(UUID mandate);

  /** What was chosen for a contract, by the ordinals of its parties. */
  Map<Integer, UUID> chosenFor(ContractId contract);

  /**
   * Keeps what was chosen for a draft's parties, in place of what was before; in the caller's
   * transaction.
   *
   * @throws jp.musubi.platform.NotFound when one of them may not be chosen
   */
  void choose(ContractId draft, Map<Integer, UUID> chosen, StaffMember clerk, String clientIp);

  /** What is stated of a contract, by its parties. */
  List<Stated> statedOf(ContractId contract);
}
