#include "schemas/ProtoPool.h"

#include "schemas/ProtobufVersion.h"

#include <QCoreApplication>
#include <QSet>

#include <google/protobuf/any.pb.h>
#include <google/protobuf/api.pb.h>
#include <google/protobuf/duration.pb.h>
#include <google/protobuf/empty.pb.h>
#include <google/protobuf/field_mask.pb.h>
#include <google/protobuf/source_context.pb.h>
#include <google/protobuf/struct.pb.h>
#include <google/protobuf/timestamp.pb.h>
#include <google/protobuf/type.pb.h>
#include <google/protobuf/wrappers.pb.h>

#include <algorithm>
#include <array>

namespace sockeye {

namespace {

using google::protobuf::Descriptor;
using google::protobuf::DescriptorPool;
using google::protobuf::FieldDescriptor;
using google::protobuf::FileDescriptor;
using google::protobuf::FileDescriptorProto;

/// More say nothing new.
constexpr size_t ProtoPoolProblems = 1'000;
constexpr size_t ProtoPoolFileProblems = 20;

struct ProtoPoolWords
{
    Q_DECLARE_TR_FUNCTIONS(sockeye::ProtobufSchema)
};

/// The first errors of a file that is put together, at their places in its text.
class ProtoPoolErrors final : public DescriptorPool::ErrorCollector
{
public:
    explicit ProtoPoolErrors(const ProtoFile &file)
        : m_file(file)
    {
    }

    void SOCKEYE_PROTO_ERROR(ProtoErrorText /*filename*/, ProtoErrorText element,
                             const google::protobuf::Message *descriptor, ErrorLocation location,
                             ProtoErrorText message) override
    {
        if (m_problems.size() >= ProtoPoolFileProblems)
            return;
        int line = -1;
        int column = -1;
        if (m_file.places) {
            if (location == IMPORT)
                m_file.places->FindImport(descriptor, std::string(element), &line, &column);
            else
                m_file.places->Find(descriptor, location, &line, &column);
        }
        QString text = fromProto(message);
        // Without a place the name says where.
        if (line < 0 && !element.empty() && !message.starts_with('"'))
            text.prepend(fromProto(element) + QStringLiteral(": "));
        m_problems.push_back({m_file.shownName, std::max(line + 1, 0), std::max(column + 1, 0), text});
    }

    [[nodiscard]] std::vector<SchemaProblem> take() { return std::move(m_problems); }

private:
    const ProtoFile &m_file;
    std::vector<SchemaProblem> m_problems;
};

/// Calls `visit` for each message type of the file, nested ones too.
template<typename Visit>
void forEachType(const FileDescriptor &file, Visit visit)
{
    std::vector<const Descriptor *> open;
    for (int i = 0; i < file.message_type_count(); ++i)
        open.push_back(file.message_type(i));
    while (!open.empty()) {
        const Descriptor *type = open.back();
        open.pop_back();
        visit(*type);
        for (int i = 0; i < type->nested_type_count(); ++i)
            open.push_back(type->nested_type(i));
    }
}

/// The full name of the field's type, if it is one that no file defines.
QString missingType(const FieldDescriptor &field)
{
    if (field.message_type() && field.message_type()->is_placeholder())
        return fromProto(field.message_type()->full_name());
    if (field.enum_type() && field.enum_type()->is_placeholder())
        return fromProto(field.enum_type()->full_name());
    return {};
}

} // namespace

ProtoPool::ProtoPool(std::vector<ProtoFile> files, std::vector<SchemaProblem> problems, const CancelToken &token)
    : m_files(std::move(files))
    , m_states(m_files.size(), State::Waiting)
    , m_schema(new ProtobufSchema)
    , m_token(token)
{
    addProblems(std::move(problems));
    for (size_t i = 0; i < m_files.size(); ++i) {
        m_indexes.insert(m_files[i].name, i);
        addProblems(m_files[i].problems);
        if (!m_files[i].proto)
            m_states[i] = State::Broken;
    }
}

void ProtoPool::addProblems(std::vector<SchemaProblem> problems)
{
    for (SchemaProblem &problem : problems) {
        if (m_schema->m_problems.size() < ProtoPoolProblems)
            m_schema->m_problems.push_back(std::move(problem));
    }
}

void ProtoPool::addBuiltIns()
{
    using namespace google::protobuf;
    // Each after those that it imports.
    const std::array<const FileDescriptor *, 11> files{SourceContext::descriptor()->file(),
                                                       Any::descriptor()->file(),
                                                       Type::descriptor()->file(),
                                                       Api::descriptor()->file(),
                                                       FileDescriptorProto::descriptor()->file(),
                                                       Duration::descriptor()->file(),
                                                       Empty::descriptor()->file(),
                                                       FieldMask::descriptor()->file(),
                                                       Struct::descriptor()->file(),
                                                       Timestamp::descriptor()->file(),
                                                       DoubleValue::descriptor()->file()};
    for (const FileDescriptor *file : files) {
        FileDescriptorProto proto;
        file->CopyTo(&proto);
        m_schema->m_pool->BuildFile(proto);
    }
}

Result<std::shared_ptr<const ProtobufSchema>> ProtoPool::build()
{
    // The library writes to standard error, too, what it tells.
    const ProtoSilence silence;
    addBuiltIns();
    const std::vector<size_t> order = inOrder();
    for (const bool isTolerant : {false, true}) {
        if (isTolerant)
            m_schema->m_pool->AllowUnknownDependencies();
        for (const size_t index : order) {
            if (m_token.isCancelled())
                return Error{ProtoPoolWords::tr("Cancelled.")};
            if (m_states[index] == State::Waiting)
                build(index, isTolerant);
        }
    }
    m_schema->m_messageTypes.sort();
    std::ranges::stable_sort(m_schema->m_problems, {}, &SchemaProblem::file);
    if (m_schema->m_messageTypes.isEmpty()) {
        if (m_schema->m_problems.empty())
            return Error{ProtoPoolWords::tr("There is no message type in there.")};
        const qsizetype others = static_cast<qsizetype>(m_schema->m_problems.size()) - 1;
        const QString first = m_schema->m_problems.front().toString();
        return Error{others == 0 ? first
                                 : ProtoPoolWords::tr("%1 (and %n more problem(s))", nullptr, int(others)).arg(first)};
    }
    return std::shared_ptr<const ProtobufSchema>(std::move(m_schema));
}

std::vector<size_t> ProtoPool::inOrder()
{
    enum class Mark : quint8 { New, Open, Done };
    struct Step
    {
        size_t file;
        qsizetype nextImport = 0;
    };
    std::vector<Mark> marks(m_files.size(), Mark::New);
    std::vector<size_t> order;
    for (size_t first = 0; first < m_files.size(); ++first) {
        std::vector<Step> way;
        if (marks[first] == Mark::New) {
            marks[first] = Mark::Open;
            way.push_back({first});
        }
        while (!way.empty()) {
            Step &step = way.back();
            QStringList &imports = m_files[step.file].imports;
            if (step.nextImport == imports.size()) {
                marks[step.file] = Mark::Done;
                order.push_back(step.file);
                way.pop_back();
                continue;
            }
            QString &import = imports[step.nextImport++];
            const auto found = m_indexes.constFind(import);
            if (found == m_indexes.constEnd())
                continue;
            if (marks[*found] == Mark::Open) {
                std::vector<size_t> files;
                for (const Step &one : way)
                    files.push_back(one.file);
                tellCircle(files, *found);
            } else if (marks[*found] == Mark::New) {
                marks[*found] = Mark::Open;
                way.push_back({*found});
            }
        }
    }
    return order;
}

void ProtoPool::tellCircle(const std::vector<size_t> &way, size_t to)
{
    QStringList names;
    for (auto file = std::ranges::find(way, to); file != way.end(); ++file)
        names += m_files[*file].name;
    names += m_files[to].name;
    const ProtoFile &file = m_files[way.back()];
    int line = -1;
    int column = -1;
    if (file.places)
        file.places->FindImport(file.proto.get(), m_files[to].name.toStdString(), &line, &column);
    addProblems(
        {{file.shownName, std::max(line + 1, 0), std::max(column + 1, 0),
          ProtoPoolWords::tr("Files import each other in a circle: %1").arg(names.join(QStringLiteral(" → ")))}});
}

bool ProtoPool::isThere(const QString &import) const
{
    return m_schema->m_pool->FindFileByName(m_doubles.value(import, import).toStdString()) != nullptr;
}

void ProtoPool::build(size_t index, bool isTolerant)
{
    ProtoFile &file = m_files[index];
    const bool hasAll = std::ranges::all_of(file.imports, [this](const QString &import) { return isThere(import); });
    if (!hasAll && !isTolerant)
        return;
    // What two imports mean is imported once.
    FileDescriptorProto &proto = *file.proto;
    QSet<QString> seen;
    QList<int> isPublic(proto.dependency_size());
    for (const int i : proto.public_dependency()) {
        if (i >= 0 && i < isPublic.size())
            isPublic[i] = 1;
    }
    const auto dependencies = proto.dependency();
    proto.clear_dependency();
    proto.clear_public_dependency();
    proto.clear_weak_dependency();
    for (qsizetype i = 0; i < file.imports.size(); ++i) {
        const QString name = m_doubles.value(file.imports[i], file.imports[i]);
        if (seen.contains(name) || name == file.name)
            continue;
        seen.insert(name);
        if (i < isPublic.size() && isPublic[i] != 0)
            proto.add_public_dependency(proto.dependency_size());
        proto.add_dependency(name.toStdString());
    }
    ProtoPoolErrors errors(file);
    const FileDescriptor *built = m_schema->m_pool->BuildFileCollectingErrors(proto, &errors);
    std::vector<SchemaProblem> problems = errors.take();
    // Extensions, defaults, enums that begin with another value than 0.
    if (!built && file.isEdition) {
        proto.set_syntax("proto2");
        ProtoPoolErrors others(file);
        built = m_schema->m_pool->BuildFileCollectingErrors(proto, &others);
        problems = others.take();
    }
    if (built) {
        m_states[index] = State::Built;
        addTypes(*built);
        if (isTolerant && file.problems.empty())
            tellMissing(index, *built);
    } else if (const QString other = doubleOf(file); !other.isEmpty()) {
        m_states[index] = State::Refused;
        m_doubles.insert(file.name, other);
        const auto found = m_indexes.constFind(other);
        addProblems({{file.shownName, 0, 0,
                      ProtoPoolWords::tr("It defines what %1 does, which is used in its place.")
                          .arg(found == m_indexes.constEnd() ? other : m_files[*found].shownName)}});
        return;
    } else {
        m_states[index] = isTolerant ? State::Refused : State::Waiting;
    }
    // Once is enough: what is told without tolerance is what is really wrong.
    if (file.problems.empty()) {
        file.problems = problems;
        addProblems(std::move(problems));
    }
    // The imports as they are called in the file, for the next time.
    if (m_states[index] == State::Waiting) {
        *proto.mutable_dependency() = dependencies;
        proto.clear_public_dependency();
        for (int i = 0; i < int(isPublic.size()); ++i) {
            if (isPublic[i] != 0)
                proto.add_public_dependency(i);
        }
    } else {
        file.proto.reset();
        file.places.reset();
    }
}

QString ProtoPool::doubleOf(const ProtoFile &file) const
{
    const FileDescriptorProto &proto = *file.proto;
    const std::string package = proto.package().empty() ? std::string() : proto.package() + '.';
    const FileDescriptor *other = nullptr;
    const auto isIn = [&](const std::string &name) {
        const FileDescriptor *holder = m_schema->m_pool->FindFileContainingSymbol(package + name);
        if (!holder || (other && holder != other))
            return false;
        other = holder;
        return true;
    };
    const bool isAll = std::ranges::all_of(proto.message_type(), [&](const auto &type) { return isIn(type.name()); }) &&
                       std::ranges::all_of(proto.enum_type(), [&](const auto &type) { return isIn(type.name()); });
    return isAll && other ? fromProto(other->name()) : QString();
}

void ProtoPool::tellMissing(size_t index, const FileDescriptor &built)
{
    const ProtoFile &file = m_files[index];
    QStringList missing;
    forEachType(built, [&](const Descriptor &type) {
        for (int i = 0; i < type.field_count(); ++i) {
            const QString name = missingType(*type.field(i));
            if (!name.isEmpty() && !missing.contains(name))
                missing += name;
        }
    });
    // An import that is not needed for any field is not missed.
    if (missing.isEmpty())
        return;
    constexpr qsizetype Named = 5;
    const QString types = missing.size() > Named
                              ? missing.first(Named).join(QStringLiteral(", ")) + QStringLiteral(", …")
                              : missing.join(QStringLiteral(", "));
    QStringList imports;
    for (const QString &import : file.imports) {
        if (!isThere(import))
            imports += import;
    }
    if (imports.isEmpty()) {
        addProblems({{file.shownName, 0, 0, ProtoPoolWords::tr("Nothing defines %1.").arg(types)}});
        return;
    }
    for (const QString &import : std::as_const(imports)) {
        int line = -1;
        int column = -1;
        if (file.places)
            file.places->FindImport(file.proto.get(), import.toStdString(), &line, &column);
        const bool isBroken = m_indexes.contains(import);
        addProblems(
            {{file.shownName, std::max(line + 1, 0), std::max(column + 1, 0),
              (isBroken ? ProtoPoolWords::tr("The import \"%1\" cannot be used; fields of these types are shown "
                                             "without their names: %2")
                        : ProtoPoolWords::tr("The import \"%1\" is not there; fields of these types are shown "
                                             "without their names: %2"))
                  .arg(import, types)}});
    }
}

void ProtoPool::addTypes(const FileDescriptor &file)
{
    ++m_schema->m_fileCount;
    forEachType(file, [this](const Descriptor &type) {
        if (!type.options().map_entry())
            m_schema->m_messageTypes += fromProto(type.full_name());
    });
}

} // namespace sockeye
