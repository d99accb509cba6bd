#pragma once

#include "endpoint/EndpointFields.h"

namespace sockeye::cli {

/// The values that stand behind a flag's argument, or behind a URL: the argument itself; where the field may be secret,
/// "@FILE" for the first line of a file, or for every line where the field is a list, and "env:NAME" for an environment
/// variable. Where it always is secret nothing else is taken, which everybody on the machine could read on the command
/// line. Errors name the flag.
[[nodiscard]] Result<QStringList> flagArguments(const EndpointField &field, const QString &text);
/// Likewise for a flag that always is a secret and no field.
[[nodiscard]] Result<QString> secretArgument(const QString &flag, const QString &text);

/// A flag's argument as the field's value, within its bounds. A list's flag has one element. Errors name the flag and
/// what it takes.
[[nodiscard]] Result<FieldValue> flagValue(const EndpointField &field, const QString &text);

} // namespace sockeye::cli
