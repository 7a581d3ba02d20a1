package jp.musubi.counterparty;

import java.util.List;
import jp.musubi.platform.web.Sheet;

/** 相手方の画面に添えるもの. What another feature knows of a supplier, on the supplier's page. */
public interface SupplierAside {

  /** Tables, below those of the register. */
  List<Sheet.Table> tables(Supplier supplier);

  /** What can be done about a supplier in use, by whoever may change it. */
  List<Sheet.Action> actions(Supplier supplier);
}
