package jp.musubi.contract;

import java.util.List;
import java.util.Map;
import jp.musubi.platform.web.Field;
import jp.musubi.platform.web.FormReader;
import jp.musubi.platform.web.Text;

/** 契約情報に添える事項. What another feature asks in the step 契約情報, beside what a contract itself wants. */
public interface TermsPart {

  /** Message key of the heading above its fields. */
  String heading();

  /** The fields as they were last saved. */
  List<Field> fields(ContractId draft);

  /**
   * The fields as they were typed.
   *
   * @param typed all of the form by name, first values only
   * @param reader takes what is wrong
   */
  Entered read(ContractId draft, Map<String, String> typed, FormReader reader);

  /** A copy takes over what is not of the earlier contract's time; in the caller's transaction. */
  void copy(ContractId from, ContractId to);

  /** What was typed. */
  interface Entered {

    /** As the form shows it again. */
    List<Field> fields(Map<String, Text> wrong);

    /** Stores it, if nothing was wrong; in the transaction that stores the terms. */
    void save();
  }
}
