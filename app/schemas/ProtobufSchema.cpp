#include "schemas/ProtobufSchema.h"

#include "schemas/ProtoFiles.h"
#include "schemas/ProtoPool.h"
#include "schemas/ProtobufFit.h"
#include "schemas/ProtobufVersion.h"

#include <QCoreApplication>

#include <algorithm>

namespace sockeye {

namespace {

Result<std::shared_ptr<const ProtobufSchema>> schemaOf(ProtoFiles &files, const CancelToken &token)
{
    files.resolveImports();
    if (token.isCancelled())
        return Error{QCoreApplication::translate("sockeye::ProtobufSchema", "Cancelled.")};
    std::vector<ProtoFile> all = files.takeFiles();
    return ProtoPool(std::move(all), files.takeProblems(), token).build();
}

} // namespace

QString SchemaProblem::toString() const
{
    QString place = file;
    for (const int number : {line, column}) {
        if (number > 0)
            place += QStringLiteral(":%1").arg(number);
    }
    return place.isEmpty() ? message : place + QStringLiteral(": ") + message;
}

ProtobufSchema::ProtobufSchema()
    : m_pool(std::make_unique<google::protobuf::DescriptorPool>())
{
}

ProtobufSchema::~ProtobufSchema() = default;

Result<std::shared_ptr<const ProtobufSchema>> ProtobufSchema::load(const QStringList &paths, const CancelToken &token)
{
    const ProtoSilence silence;
    ProtoFiles files(token);
    for (const QString &path : paths)
        files.addPath(path);
    return schemaOf(files, token);
}

Result<std::shared_ptr<const ProtobufSchema>> ProtobufSchema::ofDescriptorSet(const QByteArray &bytes)
{
    const ProtoSilence silence;
    ProtoFiles files({});
    files.addDescriptorSet(bytes, {});
    return schemaOf(files, {});
}

const google::protobuf::Descriptor *ProtobufSchema::find(const QString &type) const
{
    return m_pool->FindMessageTypeByName(type.toStdString());
}

QStringList ProtobufSchema::typesThatFit(const QByteArray &bytes, int most) const
{
    struct Fit
    {
        double score;
        const QString *type;
    };
    std::vector<Fit> fits;
    for (const QString &type : m_messageTypes) {
        const google::protobuf::Descriptor *descriptor = find(type);
        if (const auto score = descriptor ? protobufFit(*m_pool, *descriptor, bytes) : std::nullopt)
            fits.push_back({*score, &type});
    }
    std::ranges::stable_sort(fits, std::ranges::greater(), &Fit::score);
    QStringList types;
    for (const Fit &fit : fits) {
        if (types.size() >= most)
            break;
        types += *fit.type;
    }
    return types;
}

} // namespace sockeye
