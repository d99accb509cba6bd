#include "endpoint/EndpointCheck.h"

#include "endpoint/InvisibleCheck.h"

#include <QCoreApplication>
#include <QFileInfo>

#include <algorithm>

namespace sockeye {

namespace {
struct CheckText
{
    Q_DECLARE_TR_FUNCTIONS(EndpointCheck)
};

QString number(double value)
{
    return QString::number(value, 'g', 12);
}

QString problemOfNumber(const EndpointField &field, double value)
{
    if (field.isInBounds(value))
        return {};
    return CheckText::tr("“%1” is %2. Choose a number from %3 to %4.")
        .arg(field.name(), number(value), number(field.bounds.lowest), number(field.bounds.highest));
}

QString problemOfDuration(const EndpointField &field, std::chrono::milliseconds value)
{
    if (field.isInBounds(static_cast<double>(value.count())))
        return {};
    return CheckText::tr("“%1” is %2 s. Choose a time from %3 to %4 s.")
        .arg(field.name(), secondsText(value), secondsText(field.shortest()), secondsText(field.longest()));
}

QString problemOfSize(const EndpointField &field, qsizetype bytes)
{
    if (field.isInBounds(static_cast<double>(bytes)))
        return {};
    return CheckText::tr("“%1” has %2 bytes. A control frame carries %3 at most (RFC 6455 section 5.5).")
        .arg(field.name(), QString::number(bytes), number(field.bounds.highest));
}

QString problemOfBounds(const EndpointField &field, const FieldValue &value)
{
    switch (field.kind) {
    case EndpointField::Kind::Integer:
        return problemOfNumber(field, static_cast<double>(std::get<qint64>(value)));
    case EndpointField::Kind::Number:
        return problemOfNumber(field, std::get<double>(value));
    case EndpointField::Kind::Duration:
        return problemOfDuration(field, std::get<std::chrono::milliseconds>(value));
    case EndpointField::Kind::Bytes:
        return problemOfSize(field, std::get<QByteArray>(value).size());
    default:
        return {};
    }
}
} // namespace

QList<EndpointProblem> endpointProblems(const Endpoint &endpoint)
{
    QList<EndpointProblem> problems;
    for (const EndpointField &field : endpointFields()) {
        QString text = problemOfBounds(field, field.value(endpoint));
        if (text.isEmpty())
            text = problemOfInvisible(field, endpoint);
        if (text.isEmpty() && field.problem)
            text = field.problem(endpoint);
        if (!text.isEmpty())
            problems.append({&field, text});
    }
    return problems;
}

QString problemOf(const QList<EndpointProblem> &problems, const EndpointField &field)
{
    const auto found = std::find_if(problems.cbegin(), problems.cend(),
                                    [&field](const EndpointProblem &problem) { return problem.field == &field; });
    return found == problems.cend() ? QString() : found->text;
}

Result<> checkEndpoint(const Endpoint &endpoint)
{
    const QList<EndpointProblem> problems = endpointProblems(endpoint);
    if (problems.isEmpty())
        return {};
    return Error{problems.constFirst().text};
}

Result<> checkEndpointFiles(const Endpoint &endpoint)
{
    for (const QString &path : {endpoint.tls.caFile, endpoint.tls.certificateFile, endpoint.tls.keyFile}) {
        if (!path.isEmpty() && !QFileInfo(path).isReadable()) {
            return Error{
                CheckText::tr("The file %1 is not there or cannot be read. Check the TLS options of this connection.")
                    .arg(path)};
        }
    }
    return {};
}

} // namespace sockeye
