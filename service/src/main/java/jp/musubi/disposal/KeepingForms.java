package jp.musubi.disposal;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import jp.musubi.contract.ContractId;
import jp.musubi.contract.Contracts;
import jp.musubi.contract.Particulars;
import jp.musubi.platform.NotFound;
import jp.musubi.platform.web.Book;
import jp.musubi.platform.web.Crumb;
import jp.musubi.platform.web.Field;
import jp.musubi.platform.web.Form;
import jp.musubi.platform.web.Text;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Component;
import org.springframework.web.servlet.ModelAndView;

/** What the forms about keeping one contract have in common. */
@Component
class KeepingForms {
  static final int LONGEST_REASON = 500;

  private final Contracts contracts;
  private final Book book;

  KeepingForms(Contracts contracts, Book book) {
    this.contracts = contracts;
    this.book = book;
  }

  ModelAndView form(Particulars contract, String label, String way, List<Field> fields, Text lead) {
    var path = path(contract);
    var crumbs = new ArrayList<>(crumbs(contract));
    crumbs.add(new Crumb(book.of(label), path + way));
    return new ModelAndView(
        "web/form",
        "page",
        Form.of(book.of(label), crumbs, path + way, fields, label, path).led(lead));
  }

  static Field reason(String typed, Map<String, Text> wrong) {
    return Field.required("reason", "disposal.reason")
        .drawn(Form.LINES)
        .with(typed)
        .wrong(wrong.get("reason"));
  }

  static ModelAndView unprocessable(ModelAndView page) {
    page.setStatus(HttpStatus.UNPROCESSABLE_CONTENT);
    return page;
  }

  Particulars concluded(UUID id) {
    var contract = contracts.get(new ContractId(id));
    if (!contract.isKept()) {
      throw new NotFound("keeping of contract %s, which is %s".formatted(id, contract.state()));
    }
    return contract;
  }

  static String path(Particulars contract) {
    return "/contracts/" + contract.id() + "/keeping";
  }

  List<Crumb> crumbs(Particulars contract) {
    return List.of(
        book.crumb("people.crumb.home", "/"),
        book.crumb("contract.list.heading", "/contracts"),
        new Crumb(contract.title(), "/contracts/" + contract.id()),
        new Crumb(book.of("disposal.keeping"), path(contract)));
  }
}
