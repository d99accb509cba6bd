#include "schemas/ProtoFile.h"

#include "encodings/ProtobufWire.h"
#include "schemas/ProtobufVersion.h"

#include <QCoreApplication>
#include <QRegularExpression>

#include <google/protobuf/io/tokenizer.h>
#include <google/protobuf/io/zero_copy_stream_impl_lite.h>

#include <limits>

namespace sockeye {

namespace {

using google::protobuf::DescriptorProto;
using google::protobuf::FileDescriptorProto;

/// The compiler's parser recurses on braces, and ends the program where there are too many.
constexpr int ProtoTextDepth = 64;
constexpr size_t ProtoFileProblems = 20;

struct ProtoFileWords
{
    Q_DECLARE_TR_FUNCTIONS(sockeye::ProtobufSchema)
};

/// Keeps the first errors of a file.
class ProtoTextErrors final : public google::protobuf::io::ErrorCollector
{
public:
    explicit ProtoTextErrors(ProtoFile &file)
        : m_file(file)
    {
    }

    void SOCKEYE_PROTO_ERROR(int line, google::protobuf::io::ColumnNumber column, ProtoErrorText message) override
    {
        if (m_file.problems.size() < ProtoFileProblems)
            m_file.problems.push_back({m_file.shownName, line + 1, column + 1, fromProto(message)});
    }

private:
    ProtoFile &m_file;
};

/// What a scan of the text has to know before the parser gets it.
struct ProtoTextScan
{
    bool isTooDeep = false;
    int line = 1;
};

/// Counts the brackets that are open, outside of comments and strings.
ProtoTextScan scanProtoText(QByteArrayView text)
{
    ProtoTextScan scan;
    int depth = 0;
    const auto next = [&](qsizetype i) { return i + 1 < text.size() ? text[i + 1] : '\0'; };
    for (qsizetype i = 0; i < text.size(); ++i) {
        const char c = text[i];
        if (c == '\n')
            ++scan.line;
        if (c == '/' && next(i) == '/') {
            while (i + 1 < text.size() && text[i + 1] != '\n')
                ++i;
        } else if (c == '/' && next(i) == '*') {
            for (i += 2; i < text.size() && !(text[i] == '*' && next(i) == '/'); ++i)
                scan.line += text[i] == '\n' ? 1 : 0;
            ++i;
        } else if (c == '"' || c == '\'') {
            // A string ends with its line at the latest.
            while (i + 1 < text.size() && text[i + 1] != '\n' && text[i + 1] != c)
                i += text[i + 1] == '\\' && i + 2 < text.size() && text[i + 2] != '\n' ? 2 : 1;
            if (next(i) == c)
                ++i;
        } else if (c == '{' || c == '[' || c == '<') {
            if (++depth > ProtoTextDepth) {
                scan.isTooDeep = true;
                return scan;
            }
        } else if ((c == '}' || c == ']' || c == '>') && depth > 0) {
            --depth;
        }
    }
    return scan;
}

/// Options that the user's files define say nothing about bytes, and would need the files that define them. Only those
/// stay that are the language's own: packed, allow_alias.
template<typename Message>
void dropCustomOptions(Message &message)
{
    if (!message.has_options())
        return;
    auto *options = message.mutable_options()->mutable_uninterpreted_option();
    for (int i = options->size() - 1; i >= 0; --i) {
        const auto &option = options->Get(i);
        const bool isOwn = option.name_size() == 1 && !option.name(0).is_extension() && !option.has_aggregate_value();
        if (!isOwn)
            options->DeleteSubrange(i, 1);
    }
}

void dropEnumOptions(google::protobuf::EnumDescriptorProto &type)
{
    dropCustomOptions(type);
    for (auto &value : *type.mutable_value())
        dropCustomOptions(value);
}

void dropOptions(FileDescriptorProto &file)
{
    dropCustomOptions(file);
    // Services are not needed.
    file.clear_service();
    for (auto &type : *file.mutable_enum_type())
        dropEnumOptions(type);
    for (auto &field : *file.mutable_extension())
        dropCustomOptions(field);
    std::vector<DescriptorProto *> open;
    for (auto &type : *file.mutable_message_type())
        open.push_back(&type);
    while (!open.empty()) {
        DescriptorProto &type = *open.back();
        open.pop_back();
        dropCustomOptions(type);
        for (auto &field : *type.mutable_field())
            dropCustomOptions(field);
        for (auto &field : *type.mutable_extension())
            dropCustomOptions(field);
        for (auto &oneof : *type.mutable_oneof_decl())
            dropCustomOptions(oneof);
        for (auto &range : *type.mutable_extension_range())
            dropCustomOptions(range);
        for (auto &inner : *type.mutable_enum_type())
            dropEnumOptions(inner);
        for (auto &inner : *type.mutable_nested_type())
            open.push_back(&inner);
    }
}

void finish(ProtoFile &file)
{
    dropOptions(*file.proto);
    file.proto->clear_source_code_info();
    file.proto->set_name(file.name.toStdString());
    file.imports.clear();
    for (const std::string &import : file.proto->dependency())
        file.imports += fromProto(import);
}

/// Where the text says `edition = "2023"`, which stands before all else; -1 if it does not.
qsizetype editionAt(QByteArrayView text)
{
    qsizetype at = text.startsWith("\xef\xbb\xbf") ? 3 : 0;
    while (at < text.size()) {
        const QByteArrayView rest = text.sliced(at);
        if (rest.startsWith(' ') || rest.startsWith('\t') || rest.startsWith('\r') || rest.startsWith('\n')) {
            ++at;
        } else if (rest.startsWith("//") || rest.startsWith("/*")) {
            const QByteArrayView closing = rest.startsWith("//") ? QByteArrayView("\n") : QByteArrayView("*/");
            const qsizetype end = text.indexOf(closing, at + 2);
            at = end < 0 ? text.size() : end + closing.size();
        } else {
            constexpr QByteArrayView Word("edition");
            const QByteArrayView behind = rest.startsWith(Word) ? rest.sliced(Word.size()) : QByteArrayView();
            return behind.startsWith(' ') || behind.startsWith('=') || behind.startsWith('\t') ? at : -1;
        }
    }
    return -1;
}

/// An edition's text as one of proto3, line by line; the library knows no editions yet. What is more in it says nothing
/// about bytes, or is known by the bytes: packed lists, messages written as groups.
QByteArray withoutEdition(const QByteArray &text, qsizetype at)
{
    QByteArray changed = text;
    const qsizetype end = text.indexOf(';', at);
    if (end < 0)
        return text;
    changed.replace(at, end - at, "syntax = \"proto3\"");
    QString source = QString::fromUtf8(changed);
    // Reserved names without quotes; which names other files see (edition 2024); imports for options only.
    static const QRegularExpression reserved(QStringLiteral("\\breserved\\s+[A-Za-z_][\\w\\s,]*;"));
    static const QRegularExpression visibility(QStringLiteral("\\b(?:export|local)(\\s+(?:message|enum)\\b)"));
    static const QRegularExpression optionImport(QStringLiteral("\\bimport(\\s+)option\\b"));
    for (auto match = reserved.match(source); match.hasMatch(); match = reserved.match(source)) {
        const QString lines(match.captured().count(u'\n'), u'\n');
        source.replace(match.capturedStart(), match.capturedLength(), lines);
    }
    source.replace(visibility, QStringLiteral("\\1"));
    source.replace(optionImport, QStringLiteral("import\\1"));
    return source.toUtf8();
}

} // namespace

bool readProtoText(const QByteArray &text, ProtoFile &file)
{
    file.proto = std::make_unique<FileDescriptorProto>();
    file.places = std::make_unique<google::protobuf::compiler::SourceLocationTable>();
    if (const ProtoTextScan scan = scanProtoText(text); scan.isTooDeep) {
        file.problems.push_back({file.shownName, scan.line, 0,
                                 ProtoFileWords::tr("Brackets are nested deeper than %1 levels.").arg(ProtoTextDepth)});
        return false;
    }
    const qsizetype edition = editionAt(text);
    file.isEdition = edition >= 0;
    const QByteArray known = file.isEdition ? withoutEdition(text, edition) : text;
    google::protobuf::io::ArrayInputStream stream(known.constData(), static_cast<int>(known.size()));
    ProtoTextErrors errors(file);
    google::protobuf::io::Tokenizer tokenizer(&stream, &errors);
    google::protobuf::compiler::Parser parser;
    parser.RecordErrorsTo(&errors);
    parser.RecordSourceLocationsTo(file.places.get());
    const bool isParsed = parser.Parse(&tokenizer, file.proto.get()) && file.problems.empty();
    finish(file);
    return isParsed;
}

std::vector<ProtoFile> readDescriptorSet(const QByteArray &bytes, QString &problem)
{
    std::vector<ProtoFile> files;
    qsizetype at = 0;
    while (at < bytes.size()) {
        ProtoField field;
        const ProtoFault fault = protoField(bytes, at, field);
        if (fault != ProtoFault::None || field.wire == ProtoWire::GroupBegin || field.wire == ProtoWire::GroupEnd) {
            problem = ProtoFileWords::tr("The descriptor set is broken at byte %1: %2")
                          .arg(at)
                          .arg(protoFaultText(fault, QString::number(field.number)));
            return files;
        }
        at = field.end;
        if (field.number != 1 || field.wire != ProtoWire::Length)
            continue;
        ProtoFile file;
        file.proto = std::make_unique<FileDescriptorProto>();
        const QByteArrayView part = protoPart(bytes, field);
        if (part.size() > std::numeric_limits<int>::max() ||
            !file.proto->ParseFromArray(part.data(), static_cast<int>(part.size())) || file.proto->name().empty()) {
            problem = ProtoFileWords::tr("What stands at byte %1 is no description of a .proto file.").arg(field.begin);
            return files;
        }
        file.name = fromProto(file.proto->name());
        file.shownName = file.name;
        file.isEdition = file.proto->syntax() == "editions";
        if (file.isEdition)
            file.proto->set_syntax("proto3");
        finish(file);
        files.push_back(std::move(file));
    }
    return files;
}

} // namespace sockeye
