#pragma once

#include "endpoint/EndpointFields.h"

namespace sockeye::cli {

/// The value that stands behind a flag's argument: the argument itself; "@FILE" for the first line of a file, where the
/// field may be secret; "env:NAME" for an environment variable, where it always is. Nothing else is taken for a secret,
/// which everybody on the machine could read on the command line. Errors name the flag.
[[nodiscard]] Result<QString> flagArgument(const EndpointField &field, const QString &text);

/// A flag's argument as the field's value, within its bounds. A list's flag has one element. Errors name the flag and
/// what it takes.
[[nodiscard]] Result<FieldValue> flagValue(const EndpointField &field, const QString &text);

} // namespace sockeye::cli
