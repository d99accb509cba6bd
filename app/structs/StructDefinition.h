#pragma once

#include "structs/StructFault.h"
#include "structs/StructProgram.h"

#include <QString>

#include <functional>
#include <memory>
#include <optional>

namespace sockeye {

struct ParsedDefinition;

/// What messages are made of, as a user describes it in the manner of C (docs/structs.md). It never changes, so that
/// any thread may use it.
class StructDefinition final
{
public:
    /// The format that “as json” means; null for a name that no format has. Such formats outlive the definition.
    using FormatNamed = std::function<const Decoder *(QStringView id)>;

    /// Longer texts, and those that describe too much, are faults.
    [[nodiscard]] static ParsedDefinition parse(const QString &text, const FormatNamed &formatNamed);

    /// Of the struct that a message is.
    [[nodiscard]] const QString &name() const { return m_layout->name; }
    [[nodiscard]] const QString &text() const { return m_text; }
    /// A message is any number of these structs.
    [[nodiscard]] bool repeats() const { return m_repeats; }
    [[nodiscard]] const StructLayout &layout() const { return *m_layout; }

private:
    StructDefinition(QString text, std::shared_ptr<const StructLayout> layout, bool repeats);

    QString m_text;
    std::shared_ptr<const StructLayout> m_layout;
    bool m_repeats;
};

/// A definition, or the first fault of its text.
struct ParsedDefinition
{
    std::shared_ptr<const StructDefinition> definition;
    std::optional<StructFault> fault;
};

} // namespace sockeye
