package jp.musubi.counterparty;

import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import jp.musubi.contract.KnownCounterparties;
import jp.musubi.organisation.Organisations;
import jp.musubi.platform.JapaneseDates;
import jp.musubi.platform.web.Book;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** 台帳から選べる方: who acts for a supplier today; accepted applications have put theirs there. */
@Component
@Transactional(readOnly = true)
class RegisteredCounterparties implements KnownCounterparties {
  private final SupplierStore suppliers;
  private final Organisations organisations;
  private final Book book;

  RegisteredCounterparties(SupplierStore suppliers, Organisations organisations, Book book) {
    this.suppliers = suppliers;
    this.organisations = organisations;
    this.book = book;
  }

  @Override
  public List<Known> search(String words, int most) {
    return suppliers.search(words, false, most).stream().flatMap(this::acting).limit(most).toList();
  }

  @Override
  public Optional<Known> find(String key) {
    var parts = key.split("\\.", 2);
    try {
      return suppliers
          .find(UUID.fromString(parts[0]))
          .filter(Supplier::isLive)
          .flatMap(
              supplier -> acting(supplier).filter(known -> known.key().equals(key)).findFirst());
    } catch (IllegalArgumentException noKey) {
      return Optional.empty();
    }
  }

  private Stream<Known> acting(Supplier supplier) {
    return supplier.contacts().stream()
        .filter(contact -> contact.actsOn(organisations.today()))
        .map(contact ->
            new Known(
                supplier.id() + "." + contact.id(),
                supplier.details().name(),
                contact.person().title(),
                contact.person().name(),
                contact.person().mail(),
                book.of("supplier.capacity." + contact.person().capacity())
                    + contact
                        .person()
                        .until()
                        .map(day -> book.of("supplier.known.until", JapaneseDates.date(day)))
                        .orElse("")));
  }
}
