package jp.musubi.bulk;

import java.util.List;
import jp.musubi.counterparty.SupplierRegister;
import jp.musubi.mapping.Mapped;
import jp.musubi.mapping.Mapping;
import jp.musubi.mapping.Wanted;
import jp.musubi.organisation.Organisations;
import jp.musubi.organisation.Section;
import jp.musubi.platform.web.Book;
import jp.musubi.staff.StaffMember;
import org.springframework.stereotype.Service;

/** 落札結果の取り込み: reads what a tender system wrote, and puts it beside the suppliers' register. */
@Service
class Awards {
  private final SupplierRegister suppliers;
  private final Organisations organisations;
  private final Book book;

  Awards(SupplierRegister suppliers, Organisations organisations, Book book) {
    this.suppliers = suppliers;
    this.organisations = organisations;
    this.book = book;
  }

  /** Reads a list; keeps and changes nothing. */
  Handed.Reading read(
      byte[] file, Mapping mapping, Template form, Runs.Setting setting, StaffMember clerk) {
    return switch (Mapped.read(file, mapping, Run.MOST_ROWS)) {
      case Mapped.Reading.Unfit(var why) -> new Handed.Reading.Unfit(why);
      case Mapped.Reading.Read(var list) -> {
        var known =
            suppliers.numbered(
                values(list, Wanted.SUPPLIER_CODE), values(list, Wanted.CORPORATE_NUMBER));
        var planning =
            new AwardPlanning(
                form.headings(),
                new AwardPlanning.Of(
                    book.of("contract.kind." + form.kind()),
                    organisations.section(clerk.sectionId()).map(Section::name).orElse(""),
                    setting.office().title()),
                known,
                organisations.today());
        yield new Handed.Reading.Read(planning.of(list));
      }
    };
  }

  private static List<String> values(Mapped list, Wanted wanted) {
    return list.rows().stream()
        .map(row -> row.value(wanted))
        .filter(value -> !value.isEmpty())
        .distinct()
        .toList();
  }
}
