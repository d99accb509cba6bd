#pragma once

#include "endpoint/EndpointFields.h"

#include <QCommandLineOption>
#include <QCommandLineParser>

#include <optional>

namespace sockeye::cli {

/// The flags of `record` that say where and how to connect: at least one for each field of an endpoint but the URL,
/// which is the command's operand.
class EndpointFlags final
{
public:
    EndpointFlags();

    void addTo(QCommandLineParser &parser) const;
    /// Changes the fields that the flags name, then checks the endpoint. Errors name the flag and what is wrong with
    /// its value. A list's flag adds to what the endpoint has.
    [[nodiscard]] Result<> apply(const QCommandLineParser &parser, Endpoint &endpoint) const;

private:
    struct Flag
    {
        /// A row of endpointFields().
        const EndpointField *field = nullptr;
        QCommandLineOption option;
        /// What the flag stands for; none if it has an argument.
        std::optional<FieldValue> value{};

        [[nodiscard]] QString name() const;
    };

    void addSwitch(const EndpointField &field);
    void addChoices(const EndpointField &field);
    /// Two flags that say different things about one field exclude each other.
    [[nodiscard]] Result<> checkConflicts(const QCommandLineParser &parser) const;
    [[nodiscard]] Result<> set(const Flag &flag, const QCommandLineParser &parser, Endpoint &endpoint) const;
    [[nodiscard]] Result<> check(const QCommandLineParser &parser, const Endpoint &endpoint) const;

    QList<Flag> m_flags;
};

} // namespace sockeye::cli
