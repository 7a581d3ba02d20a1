package jp.musubi.register;

import java.util.List;
import java.util.Map;
import jp.musubi.contract.ContractId;
import jp.musubi.contract.TermsPart;
import jp.musubi.platform.web.Book;
import jp.musubi.platform.web.Field;
import jp.musubi.platform.web.FormReader;
import jp.musubi.platform.web.Text;
import org.springframework.stereotype.Component;

/** 台帳の項目, asked in the step 契約情報. */
@Component
class EntryTerms implements TermsPart {
  private final Entries entries;
  private final Items items;
  private final Book book;

  EntryTerms(Entries entries, Items items, Book book) {
    this.entries = entries;
    this.items = items;
    this.book = book;
  }

  @Override
  public String heading() {
    return "register.heading";
  }

  @Override
  public List<Field> fields(ContractId draft) {
    return EntryForm.of(entries.find(draft).entry(), items.open()).fields(Map.of(), book);
  }

  @Override
  public Entered read(ContractId draft, Map<String, String> typed, FormReader reader) {
    var form = new EntryForm(typed, items.open());
    var entry = form.read(reader);
    return new Entered() {
      @Override
      public List<Field> fields(Map<String, Text> wrong) {
        return form.fields(wrong, book);
      }

      @Override
      public void save() {
        entries.enter(draft, entry);
      }
    };
  }

  @Override
  public void copy(ContractId from, ContractId to) {
    entries.copy(from, to);
  }
}
