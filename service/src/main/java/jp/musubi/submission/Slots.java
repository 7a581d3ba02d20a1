package jp.musubi.submission;

import java.util.List;
import java.util.UUID;
import java.util.stream.Collectors;
import jp.musubi.contract.ContractId;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/** Documents that are wanted, each with what came for it. */
@Component
@Transactional(propagation = Propagation.MANDATORY)
class Slots {
  private final CallStore calls;
  private final HandedInStore files;

  Slots(CallStore calls, HandedInStore files) {
    this.calls = calls;
    this.files = files;
  }

  /** Those of a contract, party by party. */
  List<Slot> of(ContractId contract) {
    return calls.of(contract).stream().flatMap(call -> of(call.id()).stream()).toList();
  }

  /** Those of a call, in order. */
  List<Slot> of(UUID call) {
    var handedIn = files.of(call).stream().collect(Collectors.groupingBy(HandedIn::wanted));
    return calls.wanted(call).stream()
        .map(wanted -> new Slot(wanted, handedIn.getOrDefault(wanted.id(), List.of())))
        .toList();
  }
}
