#include "cli/EndpointFlags.h"

#include "cli/CliText.h"
#include "cli/FlagValue.h"
#include "endpoint/EndpointCheck.h"

#include <QCoreApplication>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace sockeye::cli {

namespace {
using FieldKind = EndpointField::Kind;

/// "deflate" for "no-deflate", "no-reconnect" for "reconnect".
QString oppositeOf(const QString &flag)
{
    return flag.startsWith(u"no-") ? flag.sliced(3) : u"no-"_s + flag;
}

/// Lists grow by what is given; everything else is replaced.
FieldValue added(const FieldValue &before, const FieldValue &given)
{
    if (const auto *headers = std::get_if<QList<RequestHeader>>(&before))
        return *headers + std::get<QList<RequestHeader>>(given);
    if (const auto *texts = std::get_if<QStringList>(&before))
        return *texts + std::get<QStringList>(given);
    return given;
}
/// Whether a value of one field may be what is wrong with the other: a delay with the longest delay.
bool isRelated(const EndpointField &field, const EndpointField &other)
{
    return &field == &other || (!field.group().isEmpty() && field.group() == other.group());
}
} // namespace

QString EndpointFlags::Flag::name() const
{
    return u"--"_s + option.names().constFirst();
}

EndpointFlags::EndpointFlags()
{
    for (const EndpointField &field : endpointFields()) {
        if (!field.flag)
            continue;
        if (field.kind == FieldKind::Switch) {
            addSwitch(field);
            continue;
        }
        m_flags.append({&field, QCommandLineOption(QString::fromLatin1(field.flag), field.helpText(),
                                                   QString::fromLatin1(field.valueName))});
        addChoices(field);
    }
}

void EndpointFlags::addSwitch(const EndpointField &field)
{
    const bool standard = std::get<bool>(field.standard());
    const QString name = QString::fromLatin1(field.flag);
    m_flags.append({&field, QCommandLineOption(name, field.helpText()), FieldValue(!standard)});
    // What a profile cannot switch need not be switched back.
    if (field.saved == EndpointField::Saved::Never)
        return;
    QCommandLineOption opposite(oppositeOf(name));
    opposite.setFlags(QCommandLineOption::HiddenFromHelp);
    m_flags.append({&field, opposite, FieldValue(standard)});
}

void EndpointFlags::addChoices(const EndpointField &field)
{
    for (qsizetype i = 0; i < std::ssize(field.choices); ++i) {
        const char *flag = field.choices[static_cast<std::size_t>(i)].flag;
        if (!flag)
            continue;
        const QString help = tr("The same as --%1 %2.").arg(QString::fromLatin1(field.flag), field.choiceFlagText(i));
        m_flags.append({&field, QCommandLineOption(QString::fromLatin1(flag), help), FieldValue(qint64(i))});
    }
}

void EndpointFlags::addTo(QCommandLineParser &parser) const
{
    for (const Flag &flag : m_flags)
        parser.addOption(flag.option);
}

Result<> EndpointFlags::apply(const QCommandLineParser &parser, Endpoint &endpoint) const
{
    if (auto checked = checkConflicts(parser); !checked)
        return checked;
    for (const Flag &flag : m_flags) {
        if (!parser.isSet(flag.option))
            continue;
        if (auto done = set(flag, parser, endpoint); !done)
            return done;
    }
    return check(parser, endpoint);
}

Result<> EndpointFlags::checkConflicts(const QCommandLineParser &parser) const
{
    const Flag *last = nullptr;
    for (const Flag &flag : m_flags) {
        if (!parser.isSet(flag.option))
            continue;
        // The flags of one field stand together.
        if (last && last->field == flag.field)
            return Error{tr("%1 and %2 exclude each other. Give one of them, or none.").arg(last->name(), flag.name())};
        last = &flag;
    }
    return {};
}

Result<> EndpointFlags::set(const Flag &flag, const QCommandLineParser &parser, Endpoint &endpoint) const
{
    const EndpointField &field = *flag.field;
    if (flag.value) {
        field.setValue(endpoint, *flag.value);
        return {};
    }
    for (const QString &text : parser.values(flag.option)) {
        const auto arguments = flagArguments(field, text);
        if (!arguments)
            return arguments.error();
        for (const QString &argument : arguments.value()) {
            const auto value = flagValue(field, argument);
            if (!value)
                return value.error();
            field.setValue(endpoint, added(field.value(endpoint), value.value()));
        }
    }
    return {};
}

Result<> EndpointFlags::check(const QCommandLineParser &parser, const Endpoint &endpoint) const
{
    const QList<EndpointProblem> problems = endpointProblems(endpoint);
    if (problems.isEmpty())
        return {};
    const EndpointProblem &problem = problems.constFirst();
    const bool isGiven = std::any_of(m_flags.cbegin(), m_flags.cend(), [&](const Flag &flag) {
        return parser.isSet(flag.option) && isRelated(*flag.field, *problem.field);
    });
    // What comes from a profile has no flag to blame.
    return Error{isGiven ? tr("--%1: %2").arg(QString::fromLatin1(problem.field->flag), problem.text) : problem.text};
}

} // namespace sockeye::cli
