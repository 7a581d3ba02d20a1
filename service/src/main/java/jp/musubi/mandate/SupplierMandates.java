package jp.musubi.mandate;

import java.util.List;
import jp.musubi.counterparty.Supplier;
import jp.musubi.counterparty.SupplierAside;
import jp.musubi.platform.web.Sheet;
import jp.musubi.platform.web.Text;
import org.springframework.stereotype.Component;

/** 委任, on a supplier's page. */
@Component
class SupplierMandates implements SupplierAside {
  private final MandateRegister register;
  private final MandateSheets sheets;

  SupplierMandates(MandateRegister register, MandateSheets sheets) {
    this.register = register;
    this.sheets = sheets;
  }

  @Override
  public List<Sheet.Table> tables(Supplier supplier) {
    return List.of(
        sheets.table(
            Text.of("mandate.list"), register.of(supplier.id()), false, "mandate.none.supplier"));
  }

  @Override
  public List<Sheet.Action> actions(Supplier supplier) {
    return List.of(
        Sheet.Action.link("mandate.new", "/suppliers/%s/mandates/new".formatted(supplier.id())));
  }
}
